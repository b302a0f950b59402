import { describe, expect, it } from 'vitest';
import { eventually } from '../../../helpers/war-room.ts';
import { order, orders, postEvents, problemOf, raw, type RawAnswer, results, type Rig, startRig } from './rig.ts';

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

  it('a row that is not there is refused with one code by every route', async () => {
    const rig = await startRig();
    await postEvents(rig, early('e-1'));
    for (const id of ['2', '0', '1e0', '01', 'x', '-1', '99999999999999999999']) {
      const answers = [
        await get(rig, `/api/quarantine/${id}/raw`),
        await post(rig, `/api/quarantine/${id}/replay`, { actor: '林悦' }),
        await post(rig, `/api/quarantine/${id}/discard`, { actor: '林悦', reason: 'x' }),
      ];
      for (const answer of answers) expect(problemOf(answer)).toMatchObject({ status: 404, code: 'unknown_row' });
    }
    expect(problemOf(await get(rig, '/api/quarantine/tasks/none'))).toMatchObject({ status: 404, code: 'unknown_task' });
  });

  it('[S7] pages through a filter, which every page counts', async () => {
    const rig = await startRig();
    const wrong = (id: string) => JSON.stringify(order(id, { type: 'sales.order.lost' }));
    for (let i = 0; i < 5; i++) await postEvents(rig, early(`e-${i}`));
    for (let i = 0; i < 2; i++) await postEvents(rig, wrong(`w-${i}`));
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Record<string, unknown> = body(
        await get(rig, `/api/quarantine?code=future_dated&state=open&limit=2${next === '' ? '' : `&cursor=${next}`}`),
      );
      expect(page['total']).toBe(5);
      seen.push(...(page['rows'] as { eventId: string }[]).map((row) => row.eventId));
      next = page['next'] as string | null;
    }
    expect(seen).toEqual(['e-4', 'e-3', 'e-2', 'e-1', 'e-0']);
    expect(body(await get(rig, '/api/quarantine?topic=http')).total).toBe(7);
    expect(body(await get(rig, '/api/quarantine?topic=sales')).total).toBe(0);
    expect(problemOf(await get(rig, '/api/quarantine?cursor=yesterday'))).toMatchObject({ status: 400, path: 'cursor' });
  });

  it('[I9] replays and discards many by filter, and tells how far it is', async () => {
    const rig = await startRig();
    for (let i = 0; i < 3; i++) await postEvents(rig, early(`e-${i}`));
    await postEvents(rig, JSON.stringify(order('lost', { type: 'sales.order.lost' })));
    const ended = async (answer: RawAnswer): Promise<Record<string, unknown>> => {
      expect(answer.status).toBe(202);
      const at = String(answer.headers['location']);
      return eventually(
        'the task ends',
        async () => {
          const task = body(await get(rig, at));
          return task['state'] === 'running' ? undefined : task;
        },
        20_000,
      );
    };
    const replay = { actor: '林悦', filter: { code: 'future_dated' } };
    expect(await ended(await post(rig, '/api/quarantine/replay', replay))).toMatchObject({ total: 3, done: 3, closed: 0, stillBad: 3 });
    rig.now += 3_600_000;
    expect(await ended(await post(rig, '/api/quarantine/replay', replay))).toMatchObject({
      state: 'done',
      total: 3,
      closed: 3,
      stillBad: 0,
    });
    expect(await orders(rig)).toBe(3);
    const discard = { actor: '林悦', reason: '测试', filter: {} };
    expect(await ended(await post(rig, '/api/quarantine/discard', discard))).toMatchObject({ total: 1, closed: 1 });
    expect(body(await get(rig, '/api/quarantine?state=open')).total).toBe(0);
    for (const bad of [{ actor: '林悦' }, { actor: '林悦', filter: { codes: 'x' } }, { filter: {} }])
      expect(problemOf(await post(rig, '/api/quarantine/replay', bad)).status).toBe(422);
  });
});

describe('sources', () => {
  it('[I10] says which topics really were stopped', async () => {
    const rig = await startRig();
    const resume = (document: object) => post(rig, '/api/sources/resume', document);
    expect(problemOf(await resume({}))).toMatchObject({ status: 422, path: 'actor' });
    expect(body(await resume({ actor: '林悦' }))).toEqual({ resumed: [], acknowledgedGaps: 0 });
  });
});
