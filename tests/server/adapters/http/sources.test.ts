/** The life of what feeds a stream as /readyz tells it, and what a screen makes of it [S3]. */
import { describe, expect, it } from 'vitest';
import { streamStatus } from '../../../../client/state/freshness.ts';
import { folded, mention, NOON, order, postEvents, problemOf, raw, results, type Rig, startRig } from './rig.ts';
import type { Stream, StreamFreshness } from '../../../../shared/wire/freshness.ts';
import { eventually } from '../../../helpers/war-room.ts';

const MINUTE = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const post = (rig: Rig, path: string, body: unknown) =>
  raw(rig, 'POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));

async function freshness(rig: Rig, stream: Stream): Promise<StreamFreshness> {
  const { streams } = JSON.parse((await raw(rig, 'GET', '/readyz')).body) as { streams: StreamFreshness[] };
  const found = streams.find((one) => one.stream === stream);
  if (!found) throw new Error(`no stream ${stream}`);
  return found;
}
/** As a screen would show it at the rig's time, once the log was read after that time. */
async function look(rig: Rig, stream: Stream) {
  return streamStatus(await freshness(rig, stream), rig.now);
}
/** The embedded log is looked at after the present of the rig. */
const readSince = (rig: Rig, stream: Stream, instant: number) =>
  eventually('the log is read to its end', async () => ((await freshness(rig, stream)).aliveAt ?? 0) >= instant || undefined, 30_000);

const beat = (id: string, stream: string, at: number, change: object = {}) =>
  JSON.stringify({
    ...{ specversion: '1.0', id, source: '/shop', type: 'source.heartbeat', time: iso(at), data: { stream, version: 1 } },
    ...change,
  });

describe('[S3] the life of a source', () => {
  it('a shop without an order for some minutes is quiet, not stale, while its log is read to the end', async () => {
    const rig = await startRig();
    await postEvents(rig, JSON.stringify(order('SO-1', { time: iso(NOON - 1_000) })));
    await folded(rig);
    expect(await look(rig, 'orders')).toMatchObject({ state: 'fresh' });
    rig.now += 5 * MINUTE;
    await readSince(rig, 'orders', rig.now);
    expect(await look(rig, 'orders')).toMatchObject({ state: 'quiet', reason: null, ageMs: 5 * MINUTE });
  });

  it('[LI1] imported history is no sign of life: it has the age of what it tells', async () => {
    const rig = await startRig();
    await postEvents(rig, JSON.stringify(order('SO-1', { time: iso(NOON - 3 * 86_400_000) })));
    await folded(rig);
    expect(await freshness(rig, 'orders')).toMatchObject({ lastReceivedAt: null, lastOccurredAt: NOON - 3 * 86_400_000 });
    expect(await look(rig, 'orders')).toMatchObject({ state: 'quiet', ageMs: 3 * 86_400_000 });
    // What was found now counts, however long ago it was published.
    await postEvents(rig, JSON.stringify({ ...mention('M-1', { detectedAt: iso(NOON - MINUTE) }), time: iso(NOON - 3 * 86_400_000) }));
    await folded(rig);
    expect(await freshness(rig, 'mentions')).toMatchObject({ lastReceivedAt: NOON, lastOccurredAt: NOON - 3 * 86_400_000 });
  });

  it('[LI3] a source that gives signs of its own does not answer once they stay out, whatever is read', async () => {
    const rig = await startRig();
    const answer = await post(rig, '/api/sources/alive', { stream: 'leads' });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { stream: 'leads', aliveAt: NOON }]);
    rig.now += 4 * MINUTE;
    await readSince(rig, 'orders', rig.now);
    expect(await look(rig, 'leads')).toMatchObject({ state: 'never', alive: true });
    rig.now += 2 * MINUTE;
    expect(await look(rig, 'leads')).toMatchObject({ state: 'stale', reason: 'no_answer' });
    await postEvents(rig, beat('h-1', 'leads', rig.now - 1_000));
    await folded(rig);
    expect(await freshness(rig, 'leads')).toMatchObject({ aliveAt: rig.now, lastReceivedAt: null });
    expect(await look(rig, 'leads')).toMatchObject({ state: 'never' });
  });

  it('[LI2] [I4] a heartbeat is taken by any topic, known when it comes again, and counts in nothing else', async () => {
    const rig = await startRig();
    const late = NOON - 20 * MINUTE;
    expect(results(await postEvents(rig, beat('h-1', 'spend', late)))[0]).toMatchObject({ outcome: 'accepted' });
    await folded(rig);
    expect(await freshness(rig, 'spend')).toMatchObject({ aliveAt: late, lastReceivedAt: null, lastOccurredAt: null });
    expect(results(await postEvents(rig, beat('h-2', 'spend', late)))[0]).toMatchObject({ outcome: 'duplicate' });
    expect(results(await postEvents(rig, beat('h-3', 'weather', late)))[0]).toMatchObject({ outcome: 'quarantined' });
    expect((await rig.store.reads.counts())['heartbeat']).toBe(1);
  });

  it('a call that names no stream is refused with the field at fault', async () => {
    const rig = await startRig();
    expect(problemOf(await post(rig, '/api/sources/alive', { stream: 'weather' }))).toMatchObject({ status: 422, path: 'stream' });
  });
});
