/**
 * The ledger of a store without a process of its own: the blocks of its file in the plain ledger in memory, for servers that
 * tests start by the dozen and that are not about the ledger.
 */
import { openLedgerSource } from '../../server/adapters/sqlite/ledger/ledger-source.ts';
import type { WorkspaceLedger } from '../../server/compose/ledger.ts';
import { createCalendar } from '../../server/domain/time/calendar.ts';
import { createMemoryLedger } from './memory-ledger.ts';

export function openStoreLedger(storeFile: string): WorkspaceLedger {
  const source = openLedgerSource(storeFile);
  const ledger = createMemoryLedger(createCalendar(source.timeZone));
  const follow = (): void => {
    for (;;) {
      const blocks = source.blocks(ledger.status().position, 10_000);
      if (blocks.length === 0) return;
      for (const { position, rows } of blocks) ledger.append(position, rows);
    }
  };
  follow();
  return { ...ledger, start: () => undefined, advance: follow, onStatus: () => () => undefined, stop: async () => source.close() };
}
