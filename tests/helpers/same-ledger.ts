/**
 * Whether two ledgers hold the same: sums and counts by everything there is, now and at earlier moments. Causes are not
 * compared: in which order the events of one commit came is not kept, so a version and its correction may cancel or not.
 */
import { expect } from 'vitest';
import { families, familyNames } from '../../server/domain/ledger/registry.ts';
import type { AsOf, LedgerReads, PlacedRow } from '../../server/pipeline/ports/ledger.ts';

/** @param moments UTC ms */
export async function expectSameLedger(found: LedgerReads, expected: LedgerReads, moments: readonly number[]): Promise<void> {
  const cuts: readonly AsOf[] = [{}, ...moments.flatMap((at) => [{ asOf: at }, { knownAt: at }, { asOf: at, knownAt: at }])];
  for (const family of familyNames) {
    const { dims, measures } = families[family];
    for (const cut of cuts) {
      const range = { family, unit: 'day', from: -100_000, to: 100_000, where: [], cut } as const;
      const questions = [
        { ask: 'sums', ...range, by: dims, perBucket: true },
        ...measures.map((measure) => ({ ask: 'distinct', ...range, by: [], of: 'entity', measure, severalDays: true }) as const),
      ] as const;
      expect(texts((await found.ask(questions)).flat())).toEqual(texts((await expected.ask(questions)).flat()));
    }
  }
}

/** Every row of a ledger with its place. */
export async function allRows(ledger: LedgerReads): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (const family of familyNames) {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const range = { family, unit: 'day', from: -100_000, to: 100_000, where: [], limit: 5_000 } as const;
      const page = await ledger.rows({ ...range, ...(cursor === undefined ? {} : { cursor }) });
      rows.push(...page.rows);
      cursor = page.next;
    }
  }
  return rows;
}

function texts(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).sort();
}
