import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AlertReason } from '../../../../shared/incidents/alert.ts';
import type { IncidentStatus } from '../../../../shared/incidents/types.ts';
import { overtakenBy } from '../../../../server/domain/escalation/overtaken.ts';
import { clock, incident } from '../../../contracts/store/samples.ts';
import { broken, messageOf, ok, outboxRig, T0, type OutboxRig } from './outbox-rig.ts';

const MINUTE = 60_000;
const clocks = [clock('response', T0 + 60 * MINUTE), clock('disposal', T0 + 120 * MINUTE)];
let rig: OutboxRig;
beforeEach(async () => {
  rig = await outboxRig();
});
afterEach(() => rig.close());

const versions = new Map<string, number>();
const story = (id: string, status: IncidentStatus): Promise<unknown> => {
  const previousVersion = versions.get(id) ?? 0;
  versions.set(id, previousVersion + 1);
  const state = incident(id, { number: Number(id.slice(1)) + 1, status, clocks, version: previousVersion + 1 });
  return rig.store.write((tx) => tx.putIncidents([{ incident: state, previousVersion, events: [] }]));
};
const message = (incidentId: string, reason: AlertReason) =>
  messageOf({
    incidentId,
    content: { ...messageOf().content, reason, generation: 1 },
    urgency: reason === 'breached' ? 'breach' : 'alert',
  });
const states = () => rig.rows().map(({ state, reason }) => [state, reason]);

it('[ES7] a retry is not sent once its story was taken care of; a breach is', async () => {
  versions.clear();
  await story('s', 'open');
  rig.answer = () => broken;
  await rig.put(message('s', 'unclaimed'), message('s', 'unanswered'), message('s', 'breached'));
  await rig.start();
  await rig.pass(MINUTE);
  expect(states().map(([state]) => state)).toEqual(['waiting', 'waiting', 'waiting']);
  await story('s', 'claimed');
  await rig.pass(10 * MINUTE);
  expect(states()[0]).toEqual(['dropped', 'not sent any more: the story was claimed meanwhile']);
  const before = rig.sent.filter(({ alert }) => alert.content.reason === 'unclaimed').length;
  await story('s', 'resolved');
  rig.answer = () => ok;
  await rig.pass(10 * MINUTE);
  expect(states()).toEqual([
    ['dropped', 'not sent any more: the story was claimed meanwhile'],
    ['dropped', 'not sent any more: the story was closed meanwhile'],
    ['sent', null],
  ]);
  expect(rig.sent.filter(({ alert }) => alert.content.reason === 'unclaimed')).toHaveLength(before);
  const page = await rig.store.reads.messages({ limit: 10, after: null, state: 'dropped' });
  expect(page.rows.map(({ state, endedAt }) => [state, typeof endedAt])).toEqual([
    ['dropped', 'number'],
    ['dropped', 'number'],
  ]);
  // Neither waiting nor lost.
  expect(await rig.store.reads.outboxHead()).toMatchObject({ nextAt: null, undeliveredSince: null, lastDead: null });
});

it('[ES7] a digest leaves out what was taken care of, and goes with the last of it', async () => {
  versions.clear();
  const ids = Array.from({ length: 40 }, (_, i) => `s${i}`);
  for (const id of ids) await story(id, 'open');
  rig.fits = 40;
  rig.answer = () => broken;
  await rig.put(...ids.map((id) => message(id, 'unclaimed')));
  await rig.start();
  await rig.pass(MINUTE);
  expect(rig.rows().filter(({ is_digest: digest }) => digest === 1)).toHaveLength(1);
  for (const id of ids.slice(1)) await story(id, 'claimed');
  rig.answer = () => ok;
  await rig.pass(10 * MINUTE);
  expect(rig.sent.at(-1)?.alert).toMatchObject({ content: { reason: 'digest', title: '1' }, items: [{ reason: 'unclaimed' }] });
  const held = rig.rows().filter(({ is_digest: digest }) => digest === 0);
  expect(held.map(({ state }) => state)).toEqual(['sent', ...ids.slice(1).map(() => 'dropped')]);
});

it('[ES7] what overtakes a message, by its reason and the state of its story', () => {
  const by = (reason: AlertReason, status: IncidentStatus, generation: number | null = 1) =>
    overtakenBy({ reason, generation }, incident('x', { status, clocks }));
  expect((['opened', 'unclaimed', 'unanswered', 'nudge', 'breached', 'withdrawn'] as const).map((reason) => by(reason, 'claimed'))).toEqual(
    [...[null, 'the story was claimed meanwhile', null, null, null, null]],
  );
  const answered = 'the story was answered meanwhile';
  expect((['opened', 'unclaimed', 'unanswered', 'nudge', 'breached'] as const).map((reason) => by(reason, 'responded'))).toEqual([
    ...[null, answered, answered, answered, null],
  ]);
  for (const status of ['resolved', 'false_alarm', 'merged'] as const) {
    expect(by('opened', status)).toBe('the story was closed meanwhile');
    expect(by('withdrawn', status)).toBeNull();
  }
  expect(by('opened', 'open', 0)).toBe('the story was closed and opened again meanwhile');
});
