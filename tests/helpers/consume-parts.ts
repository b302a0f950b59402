/** What consumption is made of in tests: the real parts; the store, its commit and the clock come from the test. */
import { decodeUtf8, encodeUtf8 } from '../../server/adapters/system/bytes.ts';
import { sha256 } from '../../server/adapters/system/hash.ts';
import { createCalendar } from '../../server/domain/time/calendar.ts';
import { createDecoder } from '../../server/pipeline/decode/decode.ts';
import { openIncidents } from '../../server/pipeline/incidents/intake.ts';
import type { ConsumeParts } from '../../server/pipeline/ingest/consume-units.ts';

export function consumeParts(own: Pick<ConsumeParts, 'commit' | 'clock'> & Partial<ConsumeParts>): ConsumeParts {
  return {
    decode: createDecoder({ currency: 'CNY', decodeUtf8 }),
    calendar: createCalendar('Asia/Shanghai'),
    workspaceSince: 0,
    logName: 'log',
    openIncidents,
    sha256,
    encodeUtf8,
    yieldIfDue: () => undefined,
    ...own,
  };
}
