import { createCalendar } from '../../../server/domain/time/calendar.ts';
import { createMemoryLedger } from '../../helpers/memory-ledger.ts';
import { registerLedgerContract } from './ledger-contract.ts';

registerLedgerContract('in memory', async (timeZone) => {
  const ledger = createMemoryLedger(createCalendar(timeZone));
  let position = 0;
  return {
    ledger,
    append: (rows) => ledger.append((position += 1), rows),
    dispose: async () => {},
  };
});
