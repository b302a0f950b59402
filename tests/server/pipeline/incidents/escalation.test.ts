import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Roster } from '../../../../shared/incidents/roster.ts';
import { defaultLadder } from '../../../../shared/incidents/ladder.ts';
import { createClockWatch } from '../../../../server/pipeline/incidents/clock-watch.ts';
import { fireDue } from '../../../../server/pipeline/incidents/fire-due.ts';
import { fireDueSteps } from '../../../../server/pipeline/incidents/fire-steps.ts';
import { createProblems } from '../../../../server/pipeline/ports/problems.ts';
import type { OutboxMessage } from '../../../../server/pipeline/ports/outbox.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { IncidentCommand } from '../../../../shared/incidents/types.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { at, calendar, incidentRig, T0, type Rig } from './incident-rig.ts';

const minute = 60_000;
const DAY = 86_400_000;

let rig: Rig;
let told: OutboxMessage[];
let commands: number;
beforeEach(async () => {
  rig = await incidentRig();
  told = [];
  commands = 0;
});
afterEach(() => rig.close());

/** The rig's store, noting what is put into the outbox. */
const noting = (): Pick<Store, 'write'> => ({
  write: (work) =>
    rig.store.write((tx) =>
      work({
        ...tx,
        putOutbox: async (messages) => {
          told.push(...messages);
          await tx.putOutbox(messages);
        },
      }),
    ),
});
const person = (id: string, name: string, roles: Roster['people'][number]['roles'], contacts = [{ channel: 'wecom' }]) => ({
  id,
  name,
  roles,
  contacts,
});
const shift = (role: Roster['shifts'][number]['role'], of: string, from = T0 - DAY, to = T0 + 9 * DAY) => ({
  role,
  person: of,
  from: at(from),
  to: at(to),
});
const lin = person('lin', '林悦', ['duty', 'backup']);
const chen = person('chen', '陈放', ['backup', 'duty']);
const zhou = person('zhou', '周岚', ['lead']);
const wu = person('wu', '吴桐', ['director']);
const everyone: Roster = {
  people: [lin, chen, zhou, wu],
  shifts: [shift('duty', 'lin'), shift('backup', 'chen'), shift('lead', 'zhou'), shift('director', 'wu')],
};

/** Fires what is due now: clocks, then steps, as the scanner does. */
async function look(): Promise<void> {
  const commit = rig.committing(noting());
  const time = { now: rig.time.now(), trusted: rig.time.now() };
  await fireDue(commit, time, 1_000);
  await fireDueSteps(commit, time, 1_000);
}
async function upTo(minutes: number): Promise<void> {
  while (rig.time.now() < T0 + minutes * minute) {
    rig.time.pass(Math.min(minute, T0 + minutes * minute - rig.time.now()));
    await look();
  }
}
const only = async () => {
  const [incident] = await rig.open();
  if (incident === undefined) throw new Error('no incident is open');
  return incident;
};
async function act(command: Record<string, unknown> & { type: IncidentCommand['type'] }): Promise<void> {
  const { id, version } = await only();
  const whole = { commandId: `c${(commands += 1)}`, expectedVersion: version, actor: '林悦', ...command } as IncidentCommand;
  expect(await rig.service.command(id, whole, rig.time.now())).toMatchObject({ id });
}
const calls = () => told.map(({ step, person: to, content }) => [step, to?.name ?? null, content.reason]);
const stored = async (): Promise<number> => (await rig.store.reads.counts())['outbox'] ?? 0;

describe('[ES1] the default ladder', () => {
  it('calls duty with the opening itself, then backup, lead and director, and everyone at the breach', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    expect(await stored()).toBe(1);
    expect(await only()).toMatchObject({
      audit: [{ action: 'opened' }, { action: 'escalated', detail: { step: 'ladder:0', people: ['林悦'] } }],
    });
    await upTo(14);
    expect(calls()).toEqual([]);
    await upTo(119);
    expect(calls()).toEqual([
      ['ladder:1', '陈放', 'unclaimed'],
      ['ladder:2', '周岚', 'unanswered'],
      ['ladder:3', '吴桐', 'unanswered'],
    ]);
    told = [];
    await upTo(300);
    expect(calls()).toEqual(['林悦', '陈放', '周岚', '吴桐'].map((name) => ['ladder:4', name, 'breached']));
    expect(told.every(({ urgency }) => urgency === 'breach')).toBe(true);
    expect(new Set(told.map(({ key }) => key)).size).toBe(4);
    expect((await only()).audit.filter(({ action }) => action === 'escalated')).toHaveLength(5);
  });

  it('[T3] [T4] a step fires once whoever looks, and what fell due while nobody looked fires at once', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    rig.time.pass(70 * minute);
    await rig.restart();
    await Promise.all([look(), look(), look()]);
    await look();
    expect(calls().map(([step]) => step)).toEqual(['ladder:1', 'ladder:2']);
  });

  it('a claim stops what waits for one, an answer what waits for an answer, closing everything', async () => {
    await rig.policy('roster', everyone);
    await rig.policy('ladder', {
      steps: [
        ...defaultLadder.steps,
        { afterMs: 200 * minute, when: 'always', to: ['lead'] },
        { afterMs: 300 * minute, when: 'always', to: ['lead'] },
      ],
    });
    await rig.publish({ id: 'm1' });
    await upTo(10);
    await act({ type: 'claim' });
    await upTo(30);
    expect(calls()).toEqual([]);
    await act({ type: 'respond', text: '已致歉' });
    await upTo(199);
    expect(calls()).toEqual([]);
    await upTo(201);
    expect(calls()).toEqual([['ladder:5', '周岚', 'opened']]);
    await act({ type: 'resolve' });
    await upTo(400);
    expect(told).toHaveLength(1);
  });

  it('a running story keeps its steps when the policy changes; the next generation has the new ones', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await rig.policy('ladder', { steps: [{ afterMs: 5 * minute, when: 'always', to: ['director'] }] });
    await upTo(16);
    expect(calls()).toEqual([['ladder:1', '陈放', 'unclaimed']]);
    const { id } = await only();
    await act({ type: 'false_alarm', reason: '误判' });
    const { version } = (await rig.store.reads.incident(id)) ?? { version: 0 };
    await rig.service.command(
      id,
      { type: 'reopen', commandId: 'again', expectedVersion: version, actor: '林悦', reason: '不是误判' },
      rig.time.now(),
    );
    told = [];
    await upTo(22);
    expect(calls()).toEqual([['ladder:0', '吴桐', 'opened']]);
    expect(told[0]?.content).toMatchObject({ generation: 2, dueAt: T0 + 136 * minute, clock: 'response' });
  });

  it('an earlier beginning of the duty brings the steps forward with the clocks', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1', data: { storyId: 's' } });
    rig.time.pass(minute);
    await rig.publish({ id: 'm2', data: { storyId: 's', detectedAt: at(T0 - 20 * minute) } });
    await look();
    expect(calls()).toEqual([['ladder:1', '陈放', 'unclaimed']]);
  });
});

describe('[N1] a step and its messages', () => {
  it('are one transaction: where the messages cannot be written, the step is still to fire, and fires once', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    rig.time.pass(15 * minute);
    const failing: Pick<Store, 'write'> = {
      write: (work) =>
        rig.store.write((tx) =>
          work({
            ...tx,
            putOutbox: async () => {
              throw new Error('planted');
            },
          }),
        ),
    };
    const time = { now: rig.time.now(), trusted: rig.time.now() };
    await expect(fireDueSteps(rig.committing(failing), time, 10)).rejects.toThrow('planted');
    expect((await only()).next).toMatchObject({ at: T0 + 15 * minute });
    await look();
    await look();
    expect(calls()).toEqual([['ladder:1', '陈放', 'unclaimed']]);
    expect(await stored()).toBe(2);
  });

  it('of a story merged into another are stopped, and the other has the earlier deadlines', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1', data: { storyId: 's1' } });
    rig.time.pass(10 * minute);
    await rig.publish({ id: 'm2', data: { storyId: 's2' } });
    const stories = await rig.open();
    const gone = stories.find(({ storyId }) => storyId === 's1');
    const into = stories.find(({ storyId }) => storyId === 's2');
    if (gone === undefined || into === undefined) throw new Error('two stories should be open');
    const merge = { type: 'merge', commandId: 'm', expectedVersion: gone.version, actor: '林悦', into: into.id } as const;
    expect(await rig.service.command(gone.id, merge, rig.time.now())).toMatchObject({ id: gone.id });
    await upTo(16);
    expect(told.map(({ incidentId, step }) => [incidentId, step])).toEqual([[into.id, 'ladder:1']]);
  });
});

describe('[ES2] people are looked up when a step fires', () => {
  it('the calendar picks people and never moves a deadline', async () => {
    const border = T0 + 30 * minute;
    const shifts = [
      shift('duty', 'lin', T0 - DAY, T0 + minute),
      shift('backup', 'lin', T0, T0 + 15 * minute),
      shift('backup', 'chen', T0 + 15 * minute, border),
    ];
    await rig.policy('roster', { ...everyone, shifts });
    await rig.publish({ id: 'm1' });
    const before = (await only()).clocks.map(({ dueAt }) => dueAt);
    await upTo(15);
    expect(calls()).toEqual([['ladder:1', '陈放', 'unclaimed']]);
    expect((await only()).clocks.map(({ dueAt }) => dueAt)).toEqual(before);
    expect(before).toEqual([T0 + 120 * minute, T0 + DAY]);
  });

  it('with nobody for a role the next rung is called at once, and message and audit say so', async () => {
    await rig.policy('roster', { people: [zhou], shifts: [shift('lead', 'zhou')] });
    const commit = rig.committing(noting());
    await commit((tx) => tx.policies());
    await rig.publish({ id: 'm1' });
    await upTo(15);
    expect(calls()).toEqual([['ladder:1', '周岚', 'unclaimed']]);
    expect(told[0]?.content.why).toBe('备岗无人可通知，直接通知组长');
    const escalated = (await only()).audit.filter(({ action }) => action === 'escalated');
    expect(escalated.map(({ detail }) => [detail['step'], detail['nobodyFor'], detail['roles'], detail['people']])).toEqual([
      ['ladder:0', ['duty', 'backup'], ['lead'], ['周岚']],
      ['ladder:1', ['backup'], ['lead'], ['周岚']],
    ]);
  });

  it('somebody without a contact cannot be reached, so the next rung is called too', async () => {
    await rig.policy('roster', { people: [{ ...lin, contacts: [] }, chen], shifts: [shift('duty', 'lin'), shift('backup', 'chen')] });
    await rig.publish({ id: 'm1' });
    expect((await only()).audit.at(-1)?.detail).toMatchObject({ people: ['林悦', '陈放'], nobodyFor: ['duty'], roles: ['backup'] });
  });

  it('a workspace without a roster calls nobody, and its stories run as ever', async () => {
    await rig.publish({ id: 'm1' });
    await upTo(121);
    expect(told.every(({ person: to, contacts }) => to === null && contacts.length === 0)).toBe(true);
    expect((await only()).audit.map(({ action }) => action)).toEqual(['opened', 'clock_fired']);
    expect((await only()).next).toBeNull();
  });
});

describe('[ES3] a claim without progress', () => {
  it('reminds its owner after 30 minutes and calls the rung it had stopped after 45', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await upTo(5);
    await act({ type: 'claim' });
    await upTo(34);
    expect(calls()).toEqual([]);
    await upTo(51);
    expect(calls()).toEqual([
      ['nudge', '林悦', 'nudge'],
      ['again', '林悦', 'unanswered'],
      ['again', '陈放', 'unanswered'],
    ]);
  });

  it('an owner nobody knows is stood in for by the ladder, which says so', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await act({ type: 'claim', actor: '实习生' });
    await upTo(31);
    expect(calls()).toEqual([['nudge', '林悦', 'nudge']]);
    expect(told[0]?.content.why).toBe('负责人不在排班名单中或没有联系方式，直接通知值班');
  });
});

describe('a hand-over', () => {
  it('tells the new owner, and is progress', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await act({ type: 'claim' });
    await upTo(20);
    const { id, version } = await only();
    const command = { type: 'hand_over', commandId: 'h', expectedVersion: version, actor: '林悦', to: '陈放' } as const;
    expect(await rig.serving(noting()).command(id, command, rig.time.now())).toMatchObject({ owner: '陈放' });
    expect(calls()).toEqual([['handed_over', '陈放', 'opened']]);
    expect(told[0]?.content).toMatchObject({ why: '林悦 转交', owner: '陈放' });
    told = [];
    await upTo(51);
    expect(calls()).toEqual([['nudge', '陈放', 'nudge']]);
  });
});

describe('[ES4] breaches', () => {
  it('of the disposal clock are told to everyone, and so is one that no step of the ladder tells in time', async () => {
    await rig.policy('sla', { responseMs: 10 * minute, disposalMs: 20 * minute });
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await upTo(11);
    expect(calls()).toEqual(['林悦', '陈放', '周岚', '吴桐'].map((name) => ['breach:response', name, 'breached']));
    told = [];
    await upTo(21);
    expect(calls().filter(([step]) => step === 'breach:disposal')).toHaveLength(4);
    expect(told.find(({ step }) => step === 'breach:disposal')?.content).toMatchObject({ clock: 'disposal', dueAt: T0 + 20 * minute });
  });

  it('[T6] that were none are withdrawn from whoever was told', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    await upTo(120);
    told = [];
    const { id, version } = await only();
    const arrivedAt = T0 + 120 * minute;
    const command = { type: 'respond', commandId: 'r', expectedVersion: version, actor: '林悦', text: '在' } as const;
    const noted = rig.serving(noting());
    expect(await noted.command(id, command, arrivedAt)).toMatchObject({ status: 'responded' });
    expect(calls()).toEqual(['林悦', '陈放', '周岚', '吴桐'].map((name) => ['withdrawn', name, 'withdrawn']));
  });

  it('[T8] a clock set back arms steps anew that had called too early, and moves the others', async () => {
    await rig.policy('roster', everyone);
    let ahead = 0;
    let slept = 0;
    const clock = { now: () => rig.time.now() + ahead, monotonic: () => rig.time.monotonic() };
    const machine = { uptime: () => rig.time.monotonic() + slept, boot: 'boot' };
    const watch = createClockWatch({
      commit: rig.committing(noting()),
      clock,
      machine,
      calendar,
      problems: createProblems(),
      logger: silentLogger,
      onReceiptsCorrected: () => undefined,
    });
    await watch.read();
    await rig.publish({ id: 'm1' });
    const pass = async (ms: number) => {
      rig.time.pass(ms);
      const time = await watch.read();
      await fireDue(rig.committing(noting()), time, 100);
      await fireDueSteps(rig.committing(noting()), time, 100);
    };
    await pass(minute);
    ahead = 20 * minute;
    for (let i = 0; i < 7; i += 1) await pass(minute);
    expect(calls()).toEqual([['ladder:1', '陈放', 'unclaimed']]);
    ahead = 0;
    await pass(1_000);
    await pass(6 * minute);
    expect(told).toHaveLength(1);
    await pass(2 * minute);
    expect(calls()).toEqual([
      ['ladder:1', '陈放', 'unclaimed'],
      ['ladder:1', '陈放', 'unclaimed'],
    ]);
    expect(new Set(told.map(({ key }) => key)).size).toBe(2);
    slept = 0;
  });
});

describe('[ES5] who is called next', () => {
  it('stands with the story: when, which roles, who holds them then; the owner while a claim runs', async () => {
    await rig.policy('roster', everyone);
    await rig.publish({ id: 'm1' });
    expect((await only()).next).toEqual({ at: T0 + 15 * minute, roles: ['backup'], people: ['陈放'] });
    await act({ type: 'claim' });
    expect((await only()).next).toEqual({ at: T0 + 30 * minute, roles: [], people: ['林悦'] });
    await act({ type: 'respond', text: '在' });
    expect((await only()).next).toBeNull();
  });
});
