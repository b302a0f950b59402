/** `/readyz` is ready only once the ledger answers: not before it is known whether its file must be written anew. */
import { describe, expect, it } from 'vitest';
import { createLedger } from '../../../server/adapters/duckdb/client/create-ledger.ts';
import { ledgerReason } from '../../../server/compose/ledger.ts';
import { ManualTime } from '../../helpers/manual-time.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

const codes = (...status: Parameters<typeof ledgerReason>) => ledgerReason(...status).map(({ code }) => code);

describe('a ledger', () => {
  it('that has not been opened yet is a reason not to be ready', () => {
    const script = new URL('file:///never-started.ts');
    const ledger = createLedger({ script, source: '', file: '', logger: silentLogger, timers: new ManualTime(0) });
    expect(codes(ledger.status())).toEqual(['ledger_opening']);
  });

  it.each([
    ['ready', 7, 7, []],
    ['catching_up', 7, 56, []],
    ['catching_up', 7, 57, ['ledger_catching_up']],
    ['rebuilding', 0, 0, ['ledger_rebuilding']],
    ['unavailable', 7, 7, ['ledger_unavailable']],
  ] as const)('that is %s at %i of %i', (state, position, head, expected) =>
    expect(codes({ state, position, head, detail: '' })).toEqual(expected),
  );
});
