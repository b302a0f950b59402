/** The figures of the running month are asked for before anybody does: after a start, and once on every day. */
import { expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { LedgerStatus } from '../../../../server/pipeline/ports/ledger.ts';
import { createFiguresAhead } from '../../../../server/pipeline/services/figures-ahead.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

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
    ledger: { status: () => ({ state, position: 0, head: 0, detail: '' }) },
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

it('a bug ends the server', async () => {
  const time = new ManualTime(0);
  const figures = createFiguresAhead({
    kpis: {
      async query() {
        throw new TypeError('planted');
      },
    },
    ledger: { status: () => ({ state: 'ready', position: 0, head: 0, detail: '' }) },
    calendar: createCalendar('UTC'),
    clock: time,
    timers: time,
  });
  const run = figures.run();
  time.pass(10_000);
  await expect(run).rejects.toBeInstanceOf(TypeError);
});
