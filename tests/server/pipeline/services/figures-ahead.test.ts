/** The figures of the running month are asked for before anybody does: after a start, once on every day, and when the ledger's engine has lost what it knew. */
import { expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { LedgerStatus } from '../../../../server/pipeline/ports/ledger.ts';
import { createFiguresAhead } from '../../../../server/pipeline/services/figures-ahead.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const ready: LedgerStatus = { state: 'ready', position: 0, head: 0, detail: '' };
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('once the ledger is ready, again while it is away, and no more that day', async () => {
  const time = new ManualTime(Date.parse('2026-11-30T23:00:00+08:00'));
  let state: LedgerStatus['state'] = 'rebuilding';
  let away = true;
  const asked: string[] = [];
  const figures = createFiguresAhead({
    kpis: {
      async query({ grain, period, kpis, asOf }) {
        asked.push([grain, period, kpis.length, asOf].join(' '));
        if (away) throw new Unavailable('ledger_behind', 'planted');
        return { asOf: '', timeZone: '', values: [] };
      },
    },
    ledger: { status: () => ({ state, position: 0, head: 0, detail: '' }), onStatus: () => undefined },
    calendar: createCalendar('Asia/Shanghai'),
    clock: time,
    timers: time,
  });
  const run = figures.run();
  const pass = async (ms: number) => {
    time.pass(ms);
    for (let i = 0; i < 5; i++) await turn();
  };
  await pass(10_000);
  await pass(10_000);
  expect(asked).toEqual([]);
  state = 'ready';
  await pass(10_000);
  away = false;
  await pass(10_000);
  await pass(10_000);
  expect(asked).toEqual(['month 2026-11 0 ', 'month 2026-11 0 ']);
  await pass(3_600_000);
  await pass(10_000);
  expect(asked.slice(2)).toEqual(['month 2026-12 0 ']);
  figures.stop();
  await pass(86_400_000);
  expect(asked).toHaveLength(3);
  await run;
});

it.each<LedgerStatus['state']>(['unavailable', 'rebuilding', 'opening'])(
  'again on the same day after the engine was %s, also where that was over between two looks or while it was asked',
  async (state) => {
    const time = new ManualTime(Date.parse('2026-11-30T12:00:00+08:00'));
    const asked: string[] = [];
    let publish: (status: LedgerStatus) => void = () => undefined;
    let lostWhileAsked = false;
    const figures = createFiguresAhead({
      kpis: {
        async query({ period }) {
          asked.push(period);
          if (lostWhileAsked) publish({ ...ready, state });
          lostWhileAsked = false;
          return { asOf: '', timeZone: '', values: [] };
        },
      },
      ledger: {
        status: () => ready,
        onStatus(listener) {
          publish = listener;
        },
      },
      calendar: createCalendar('Asia/Shanghai'),
      clock: time,
      timers: time,
    });
    const run = figures.run();
    const pass = async () => {
      time.pass(10_000);
      for (let i = 0; i < 5; i++) await turn();
    };
    await pass();
    publish({ ...ready, state: 'catching_up' });
    await pass();
    expect(asked).toHaveLength(1);
    publish({ ...ready, state });
    publish(ready);
    lostWhileAsked = true;
    await pass();
    expect(asked).toHaveLength(2);
    await pass();
    expect(asked).toHaveLength(3);
    await pass();
    expect(asked).toHaveLength(3);
    figures.stop();
    await pass();
    await run;
  },
);

it('a bug ends the server', async () => {
  const time = new ManualTime(0);
  const figures = createFiguresAhead({
    kpis: {
      async query() {
        throw new TypeError('planted');
      },
    },
    ledger: { status: () => ready, onStatus: () => undefined },
    calendar: createCalendar('UTC'),
    clock: time,
    timers: time,
  });
  const run = figures.run();
  time.pass(10_000);
  await expect(run).rejects.toBeInstanceOf(TypeError);
});
