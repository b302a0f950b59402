import { afterEach, expect, it } from 'vitest';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { ReplayableIntake } from '../../../../server/pipeline/services/event-intake.ts';
import { createQuarantineTasks } from '../../../../server/pipeline/services/quarantine-tasks.ts';
import type { QuarantineTask } from '../../../../server/pipeline/services/services.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';
import { eventually } from '../../../helpers/war-room.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
let store: ThreadlessStore;
afterEach(async () => {
  store.fault = null;
  await store.close();
  removeStore(store);
});

const text = new TextEncoder();
async function rig(count: number, over: Partial<ReplayableIntake> = {}) {
  store = openThreadlessStore({ now: () => NOW, timeZone: 'UTC' });
  await store.write((tx) =>
    tx.quarantine(
      Array.from({ length: count }, (_, i) => ({
        ...{ rejection: { code: i % 3 === 0 ? 'bad_time' : 'future_dated', path: '', message: 'x' }, raw: text.encode(`event ${i}`) },
        ...{ sha256: '', length: i % 100 === 7 ? 70_000 : `event ${i}`.length, position: `p${i}`, topic: 'sales' },
        ...{ eventId: null, eventType: null, source: null, receivedAt: NOW },
      })),
    ),
  );
  const time = new ManualTime(NOW);
  const sent: string[] = [];
  const intake: ReplayableIntake = {
    submit: () => Promise.reject(new Error('not here')),
    resubmit: () => Promise.reject(new Error('not here')),
    async resubmitAll(items) {
      return items.map((item, index) => {
        const event = new TextDecoder().decode(item);
        sent.push(event);
        return { index, id: event, outcome: event.endsWith('1') ? 'quarantined' : event.endsWith('2') ? 'duplicate' : 'accepted' };
      });
    },
    ...over,
  };
  const touched: string[] = [];
  const commit = createCommit(store, time, (parts) => touched.push(...parts));
  const tasks = createQuarantineTasks({ reads: store.reads, commit, intake, clock: time, timers: time });
  void tasks.run();
  const ended = (begun: Awaited<ReturnType<typeof tasks.begin>>): Promise<QuarantineTask> => {
    if ('refused' in begun) throw new Error(begun.detail);
    return eventually(
      'the task ends',
      async () => {
        const task = tasks.task(begun.id);
        return 'refused' in task || task.state === 'running' ? undefined : task;
      },
      20_000,
    );
  };
  const open = async () => (await store.reads.quarantine({ state: 'open', limit: 1 })).total;
  return { tasks, time, sent, touched, ended, open };
}

it('[I9] sends the records of a filter again, oldest first, each once; what is bad again or was cut stays open', async () => {
  const { tasks, sent, touched, ended, open } = await rig(1_000);
  const task = await ended(await tasks.begin({ action: 'replay', actor: '林悦' }, { code: 'future_dated' }));
  const chosen = Array.from({ length: 1_000 }, (_, i) => i).filter((i) => i % 3 !== 0);
  const whole = chosen.filter((i) => i % 100 !== 7);
  expect(sent).toEqual(whole.map((i) => `event ${i}`));
  const closed = whole.filter((i) => i % 10 !== 1).length;
  expect(task).toMatchObject({ state: 'done', total: chosen.length, done: chosen.length, closed, stillBad: chosen.length - closed });
  expect(await open()).toBe(1_000 - closed);
  expect(touched.length).toBeGreaterThan(1);
  expect((await store.reads.quarantine({ state: 'replayed', limit: 1 })).rows[0]).toMatchObject({ closedBy: '林悦' });
});

it('one task at a time; it waits while the store is away and goes on where it was', async () => {
  const { tasks, time, ended, open } = await rig(1_000);
  store.fault = new Unavailable('disk_full', 'no space');
  const begun = await tasks.begin({ action: 'discard', actor: '林悦', reason: '测试' }, {});
  const id = 'id' in begun ? begun.id : '';
  await eventually(
    'it waits',
    async () => ((tasks.task(id) as QuarantineTask).waitsFor === 'disk_full' && time.waiting > 0 ? true : undefined),
    20_000,
  );
  expect(await tasks.begin({ action: 'replay', actor: '周屿' }, {})).toMatchObject({ status: 409, code: 'task_running', present: { id } });
  expect(await open()).toBe(1_000);
  store.fault = null;
  time.pass(1_000);
  expect(await ended(begun)).toMatchObject({ state: 'done', total: 1_000, closed: 1_000, waitsFor: null });
  expect(await open()).toBe(0);
  expect(await ended(await tasks.begin({ action: 'discard', actor: '林悦', reason: '测试' }, {}))).toMatchObject({ total: 0, done: 0 });
});

it('stops after the batch under way, and records that came meanwhile are not its own', async () => {
  const gate = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const { tasks, ended, open } = await rig(600, {
    async resubmitAll(items) {
      first.resolve();
      await gate.promise;
      return items.map((_, index) => ({ index, id: null, outcome: 'accepted' }));
    },
  });
  const begun = await tasks.begin({ action: 'replay', actor: '林悦' }, {});
  await first.promise;
  const stopped = tasks.stop();
  gate.resolve();
  await stopped;
  const task = await ended(begun);
  expect(task).toMatchObject({ state: 'stopped', total: 600 });
  expect(task.done).toBeLessThan(600);
  expect(await open()).toBe(600 - task.closed);
  expect(await tasks.begin({ action: 'replay', actor: '林悦' }, {})).toMatchObject({ code: 'task_running' });
});
