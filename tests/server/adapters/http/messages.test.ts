import { describe, expect, it } from 'vitest';
import type { MessagePage, MessageView } from '../../../../shared/incidents/messages.ts';
import { messageOf } from '../../pipeline/outbox/outbox-rig.ts';
import { NOON, problemOf, raw, type RawAnswer, type Rig, startRig } from './rig.ts';

const get = (rig: Rig, path: string) => raw(rig, 'GET', path);
const post = (rig: Rig, path: string, body: unknown) =>
  raw(rig, 'POST', path, { 'content-type': 'application/json' }, JSON.stringify(body));
function pageIn(answer: RawAnswer): MessagePage {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as MessagePage;
}
/** Not due yet, so that the dispatcher of the rig leaves the messages alone. */
const LATER = NOON + 600_000;
const put = (rig: Rig, ...messages: Parameters<typeof messageOf>[0][]) =>
  rig.store.write((tx) => tx.putOutbox(messages.map((over) => messageOf({ createdAt: LATER, ...over }))));
/** An attempt at every due message of the channel, refused for good. */
const refuse = (rig: Rig) =>
  rig.store.write(async (tx) => {
    const rows = await tx.takeMessages('team', LATER + 5, 10);
    for (const row of rows) {
      await tx.endAttempt(row.id, { outcome: 'refused', at: LATER + 6, status: 404, said: 'HTTP 404', retryAt: null });
      await tx.putStandings([{ ...row, state: 'dead', nextAt: null, endedAt: LATER + 6, reason: 'HTTP 404', refused: [0] }]);
    }
  });

describe('messages', () => {
  it('are listed newest first with their attempts, by state and by incident, in pages', async () => {
    const rig = await startRig();
    await put(rig, { key: 'k1', incidentId: 'i-1' }, { key: 'k2', incidentId: 'i-2' });
    await refuse(rig);
    await put(rig, { key: 'k3', incidentId: 'i-1' }, { key: 'k4', incidentId: 'i-1', contacts: [], person: null });
    const all = pageIn(await get(rig, '/api/messages'));
    expect(all).toMatchObject({ total: 4, next: null });
    expect(all.messages.map(({ idempotencyKey, state, channel }) => [idempotencyKey, state, channel])).toEqual([
      ['k4', 'dead', null],
      ['k3', 'waiting', 'team'],
      ['k2', 'dead', 'team'],
      ['k1', 'dead', 'team'],
    ]);
    expect(all.messages[3]).toMatchObject({
      ...{
        id: 1,
        incidentId: 'i-1',
        step: 'ladder:0',
        nextAt: null,
        endedAt: LATER + 6,
        reason: 'HTTP 404',
        attemptCount: 1,
        digest: null,
      },
      attempts: [{ at: LATER + 5, channel: 'team', outcome: 'refused', status: 404, said: 'HTTP 404' }],
    });
    const dead = pageIn(await get(rig, '/api/messages?state=dead&incident=i-1'));
    expect([dead.total, dead.messages.map(({ id }) => id)]).toEqual([2, [4, 1]]);
    const first = pageIn(await get(rig, '/api/messages?limit=3'));
    const second = pageIn(await get(rig, `/api/messages?limit=3&cursor=${first.next}`));
    expect([...first.messages, ...second.messages]).toEqual(all.messages);
    expect(problemOf(await get(rig, '/api/messages?state=lost'))).toMatchObject({ status: 400, path: 'state' });
  });

  it('[N3] a dead letter goes back into the queue with who and why, under the same key, once', async () => {
    const rig = await startRig();
    await put(rig, { key: 'k1' }, { key: 'nobody', contacts: [] });
    await refuse(rig);
    const document = { actor: '林悦', reason: '机器人密钥已更新' };
    expect(problemOf(await post(rig, '/api/messages/1/requeue', { actor: '林悦' }))).toMatchObject({ status: 422, path: 'reason' });
    const answer = await post(rig, '/api/messages/1/requeue', document);
    expect(answer.status).toBe(200);
    const message = JSON.parse(answer.body) as MessageView;
    expect(message).toMatchObject({ idempotencyKey: 'k1', state: 'waiting', reason: null, endedAt: null, requeues: [document] });
    expect(await rig.store.write((tx) => tx.dueMessages('team', rig.now + 3_600_000, 10))).toMatchObject([
      { key: 'k1', refused: [], tries: 0 },
    ]);
    expect(problemOf(await post(rig, '/api/messages/1/requeue', document))).toMatchObject({ status: 409, code: 'not_dead' });
    expect(problemOf(await post(rig, '/api/messages/2/requeue', document))).toMatchObject({ status: 409, code: 'nobody_to_reach' });
    expect(problemOf(await post(rig, '/api/messages/x/requeue', document))).toMatchObject({ status: 404, code: 'unknown_message' });
  });
});
