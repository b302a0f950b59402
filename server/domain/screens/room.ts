/** Which screens the server remembers [SC3]. Instants are UTC ms. */
import { SCREENS_MAX } from '../../../shared/screens/screen-limits.ts';

/** A screen without a name that was not seen for so long is forgotten. */
export const FORGET_MS = 30 * 86_400_000;
/** When all places are taken, one without a name that was not seen for so long makes room. */
export const MAKES_ROOM_MS = 10 * 60_000;

interface Known {
  readonly id: string;
  readonly name: string | null;
  readonly seenAt: number;
}

export function toForget(screens: Iterable<Known>, now: number): readonly string[] {
  return [...screens].filter(({ name, seenAt }) => name === null && now - seenAt >= FORGET_MS).map(({ id }) => id);
}

/** null: there is room; an id: this one makes room; 'full': there is none. */
export function makeRoom(screens: readonly Known[], now: number): { readonly forget: string } | 'full' | null {
  if (screens.length < SCREENS_MAX) return null;
  const oldest = screens.filter(({ name }) => name === null).toSorted((a, b) => a.seenAt - b.seenAt)[0];
  return oldest === undefined || now - oldest.seenAt < MAKES_ROOM_MS ? 'full' : { forget: oldest.id };
}
