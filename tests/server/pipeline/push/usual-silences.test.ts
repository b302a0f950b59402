import { expect, it } from 'vitest';
import type { Silence } from '../../../../server/domain/silences.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { createUsualSilences } from '../../../../server/pipeline/push/usual-silences.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const NOW = Date.parse('2026-11-23T14:35:00+08:00');
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('[S3] [LI4] are learnt a while after the start, again every six hours, and kept while the ledger is away', async () => {
  const time = new ManualTime(NOW);
  const calendar = createCalendar('Asia/Shanghai');
  let away = false;
  let p99Ms = 60_000;
  const asked: string[] = [];
  const silences = createUsualSilences({
    ledger: {
      async silences({ family }) {
        if (away) throw new Unavailable('ledger_behind', 'planted');
        asked.push(family);
        const hours = Array.from({ length: 168 }, (_, hourOfWeek): Silence => ({ hourOfWeek, weeks: family === 'leads' ? 2 : 8, p99Ms }));
        return hours;
      },
    },
    reads: { facts: async () => [] },
    calendar,
    clock: time,
    timers: time,
  });
  const run = silences.run();
  const pass = async (ms: number) => {
    time.pass(ms);
    for (let i = 0; i < 20; i++) await turn();
  };
  expect(silences.at('orders', NOW)).toBeNull();
  await pass(20_000);
  expect(asked).toEqual(['sales', 'mentions', 'leads', 'spend']);
  expect([silences.at('orders', NOW), silences.at('leads', NOW), silences.at('competitors', NOW)]).toEqual([60_000, null, null]);
  away = true;
  p99Ms = 90_000;
  await pass(6 * 3_600_000);
  expect(silences.at('orders', NOW)).toBe(60_000);
  away = false;
  await pass(60_000);
  expect(silences.at('orders', NOW)).toBe(90_000);
  silences.stop();
  await run;
});
