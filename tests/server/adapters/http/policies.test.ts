import { describe, expect, it } from 'vitest';
import { problemOf, raw, startRig, type RawAnswer, type Rig } from './rig.ts';

const get = (rig: Rig, path: string) => raw(rig, 'GET', path);
const send = (rig: Rig, method: 'POST' | 'PUT', path: string, content: unknown) =>
  raw(rig, method, path, { 'content-type': 'application/json' }, JSON.stringify(content));
function body(answer: RawAnswer): Record<string, unknown> {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}

describe('a policy that two people change', () => {
  const made = (rig: Rig, own: string, basedOn?: number) =>
    send(rig, 'PUT', '/api/policies/brands', {
      value: { own: [own], tracked: [] },
      owner: own,
      reason: 'x',
      ...(basedOn === undefined ? {} : { basedOn }),
    });

  it('is not overwritten by whoever has not seen the last change', async () => {
    const rig = await startRig();
    const tries = await Promise.all(['甲', '乙', '丙', '丁'].map((own) => made(rig, own, 0)));
    expect(tries.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    const present = body(await get(rig, '/api/policies/brands'));
    const lost = tries.find(({ status }) => status === 409);
    expect(lost && problemOf(lost)).toMatchObject({ code: 'changed_meanwhile', path: 'basedOn', present });
    expect(present).toMatchObject({ version: 1 });
    expect(body(await made(rig, '戊', 1))).toMatchObject({ version: 2, value: { own: ['戊'] } });
    // The same change sent again is answered as before, and a program that names no version sets what it says.
    expect(body(await made(rig, '戊', 1))).toMatchObject({ version: 2 });
    expect(body(await made(rig, '己'))).toMatchObject({ version: 3 });
    expect(problemOf(await made(rig, '庚', -1))).toMatchObject({ status: 422, path: 'basedOn' });
  });
});
