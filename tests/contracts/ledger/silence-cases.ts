/** The gaps between the instants at which rows happened, by hour of the week. */
import { expect, test } from 'vitest';
import type { LedgerCase } from './ledger-contract.ts';
import { salesRow } from './samples.ts';

const HOUR = 3_600_000;
/** A Thursday, 00:00 UTC. */
const start = 2_940 * 7 * 24 * HOUR;

export function registerSilenceCases(ledgers: LedgerCase): void {
  const row = (entity: string, at: number, received = at + 90 * 86_400_000) => salesRow({ entity, at, received, paid: 1 });
  const question = { family: 'sales', from: start, to: start + 28 * 24 * HOUR, liveWithinMs: HOUR } as const;

  test('[S3] [LI4] gaps count in every hour they touch; history happened at its own time, news at its receipt', async () => {
    const { ledger } = await ledgers.open([
      [
        row('1', start),
        row('2', start + 90_000),
        row('2 again', start + 90_000),
        row('3', start + 2.5 * HOUR),
        // News: it was seen at its receipt.
        row('4', start + 2.6 * HOUR, start + 3 * HOUR),
        row('next week', start + 7 * 24 * HOUR),
        row('beyond', start + 40 * 24 * HOUR),
      ],
    ]);
    const found = await ledger.silences(question);
    const long = 7 * 24 * HOUR - 3 * HOUR;
    expect(found.slice(0, 4)).toEqual([
      { hourOfWeek: 0, weeks: 1, p99Ms: 2.5 * HOUR - 90_000 },
      { hourOfWeek: 1, weeks: 1, p99Ms: 2.5 * HOUR - 90_000 },
      { hourOfWeek: 2, weeks: 1, p99Ms: 2.5 * HOUR - 90_000 },
      { hourOfWeek: 3, weeks: 1, p99Ms: long },
    ]);
    expect(found).toHaveLength(168);
    expect(await ledger.silences({ ...question, family: 'leads' })).toEqual([]);
  });

  test('[LI4] weeks are counted, and hours are those of the business clock', async () => {
    const local = start - 8 * HOUR;
    const weekly = [0, 1, 2].flatMap((week) =>
      [0, 10, 20].map((minute) => row(`${week} ${minute}`, local + week * 7 * 24 * HOUR + minute * 60_000)),
    );
    const { ledger } = await ledgers.open([weekly], 'Asia/Shanghai');
    const [first] = await ledger.silences({ ...question, from: local });
    expect(first).toEqual({ hourOfWeek: 0, weeks: 3, p99Ms: 7 * 24 * HOUR - 20 * 60_000 });
  });
}
