/** Periods that people closed, with the moment before which everything is history. */
import { numberIn } from '../row-values.ts';
import { allClosings, closingsOf } from '../settings.ts';
import type { Reader } from './reader.ts';

export function readClosings(reader: Reader) {
  const made = reader.rows(`select cast(value as integer) as at from meta where name = 'createdAt'`).get();
  return { workspaceSince: made ? numberIn(made, 'at') : 0, byHand: closingsOf(reader.rows(allClosings).all()) };
}
