/** A stored row as the fact it holds. */
import type { FactKind } from '../../../shared/events/define.ts';
import type { Fact } from '../../domain/facts.ts';
import type { ClockShifts } from './receipt-text.ts';
import { decodeVersions } from './version-text.ts';

export function factOfRow(kind: FactKind, key: string, versions: string, shifts: ClockShifts): Fact {
  // The source is the key up to its first space (`factKey`), so it needs no column of its own.
  return { kind, key, source: key.slice(0, key.indexOf(' ')), versions: decodeVersions(versions, shifts) };
}
