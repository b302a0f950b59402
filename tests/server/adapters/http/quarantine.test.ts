import { describe, expect, it } from 'vitest';
import { order, postEvents, problemOf, raw, type RawAnswer, results, type Rig, startRig } from './rig.ts';

const get = (rig: Rig, path: string) => raw(rig, 'GET', path);
const post = (rig: Rig, path: string, body: unknown) =>
  raw(rig, 'POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
function body(answer: RawAnswer): Record<string, unknown> {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}
/** Dated an hour ahead: quarantined now, acceptable later. */
const early = (id: string) => JSON.stringify(order(id, { time: '2026-11-23T21:00:00+08:00' }));

describe('quarantine', () => {
  it('[I9] lists, gives the bytes as a download, and closes a row once', async () => {
    const rig = await startRig();
    expect(results(await postEvents(rig, early('e-1')))[0]).toMatchObject({ outcome: 'quarantined', code: 'future_dated' });
    expect(body(await get(rig, '/api/quarantine?state=open&limit=10&before=100'))).toMatchObject({ total: 1, rows: [{ id: 1 }] });
    const bytes = await get(rig, '/api/quarantine/1/raw');
    expect(bytes.body).toBe(early('e-1'));
    expect(bytes.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="quarantine-1.bin"',
      'x-content-type-options': 'nosniff',
    });
    expect(body(await post(rig, '/api/quarantine/1/replay', { actor: '林悦' }))).toMatchObject({ outcome: 'quarantined' });
    rig.now += 3_600_000;
    expect(body(await post(rig, '/api/quarantine/1/replay', { actor: '林悦' }))).toMatchObject({ outcome: 'accepted' });
    expect(problemOf(await post(rig, '/api/quarantine/1/replay', { actor: '林悦' })).status).toBe(409);
  });

  it('wants a reason for a discard', async () => {
    const rig = await startRig();
    await postEvents(rig, early('e-1'));
    expect(problemOf(await post(rig, '/api/quarantine/1/discard', { actor: '林悦' }))).toMatchObject({ status: 422, path: 'reason' });
    expect(body(await post(rig, '/api/quarantine/1/discard', { actor: '林悦', reason: '测试' }))).toEqual({ discarded: true });
  });
});
