/**
 * What every ledger must answer, whatever it is built on. An adapter's test gives a way to open an empty ledger in a
 * time zone and gets these cases.
 */
import { afterEach, describe } from 'vitest';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import type { Ledger } from '../../../server/pipeline/ports/ledger.ts';
import { registerChangeCases } from './change-cases.ts';
import { registerDistinctCases } from './distinct-cases.ts';
import { registerExplainCases } from './explain-cases.ts';
import { registerFollowedCases } from './followed-cases.ts';
import { registerQuestionCases } from './question-cases.ts';
import { registerCarriedCases, registerRandomCases, registerRollingCases } from './random-cases.ts';
import { registerRowCases } from './row-cases.ts';
import { registerSilenceCases } from './silence-cases.ts';
import { registerSumCases } from './sum-cases.ts';

export interface OpenedLedger {
  readonly ledger: Ledger;
  /** Commits a block of rows. Questions asked from now on see it. Positions rise by one, the first is 1. */
  append(rows: readonly LedgerRow[]): void | Promise<void>;
  /** Closes it and removes every trace. */
  dispose(): Promise<void>;
}
export type LedgerFactory = (timeZone: string) => Promise<OpenedLedger>;

/** What the cases use: a ledger that is disposed of after the case. */
export interface LedgerCase {
  /** @param blocks committed one after the other */
  open(blocks: readonly (readonly LedgerRow[])[], timeZone?: string): Promise<OpenedLedger>;
}

export function registerLedgerContract(name: string, factory: LedgerFactory): void {
  describe(`ledger contract: ${name}`, () => {
    let opened: OpenedLedger | undefined;
    const ledgerCase: LedgerCase = {
      async open(blocks, timeZone = 'UTC') {
        opened = await factory(timeZone);
        for (const rows of blocks) await opened.append(rows);
        return opened;
      },
    };
    afterEach(async () => {
      await opened?.dispose();
      opened = undefined;
    });
    registerSumCases(ledgerCase);
    registerSilenceCases(ledgerCase);
    registerDistinctCases(ledgerCase);
    registerFollowedCases(ledgerCase);
    registerRowCases(ledgerCase);
    registerChangeCases(ledgerCase);
    registerExplainCases(ledgerCase);
    registerQuestionCases(ledgerCase);
    registerRandomCases(ledgerCase);
    registerCarriedCases(ledgerCase);
    registerRollingCases(ledgerCase);
  });
}
