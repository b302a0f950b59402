/** What makes mentions one story, and the names an incident gets from it. */
import { brandKey } from '../../../shared/text/brand-key.ts';
import { excerptLine, isInvisible } from '../../../shared/text/excerpt.ts';

/**
 * One incident per brand, as people read its name, and `storyId`, or per mention where no story is given. JSON keeps the
 * parts apart.
 */
export function storyKey(brand: string, storyId: string | null, mentionKey: string): string {
  return storyId === null ? `mention ${mentionKey}` : `story ${JSON.stringify([brandKey(brand), storyId])}`;
}

/**
 * The scattered complaints (日常零星差评) of a brand and topic whose duty began within one slot, half the time promised for an
 * answer: whoever comes late into a slot still has half of it, and nobody's deadline depends on what came before.
 */
export function dailyKey(brand: string, topic: string, dutyAt: number, responseMs: number): string {
  const slotMs = Math.max(1_000, Math.floor(responseMs / 2));
  return `daily ${JSON.stringify([brandKey(brand), topic, Math.floor(dutyAt / slotMs) * slotMs])}`;
}
/**
 * Keys the same story has in a store that 0.1 filled: it wrote the brand as the list of own brands spelled it. None where
 * that spelling is the key already, as in every Chinese name.
 */
export function formerStoryKeys(brand: string, storyId: string | null, own: readonly string[]): readonly string[] {
  if (storyId === null) return [];
  const key = brandKey(brand);
  return own.filter((name) => name !== key && brandKey(name) === key).map((name) => `story ${JSON.stringify([name, storyId])}`);
}

const FNV_PRIME = 0x0000000001000000000000000000013bn;
const FNV_BASIS = 0x6c62272e07bb014262b821756295c58dn;
const MASK_128 = (1n << 128n) - 1n;

/**
 * An incident's id from its story key: 32 hex digits of FNV-1a 128 over UTF-16 code units (isthe.com/chongo/tech/comp/fnv).
 * Replaying the same events into an empty store gives the same links. Not a secret, and not meant to be unguessable.
 */
export function incidentId(key: string): string {
  let hash = FNV_BASIS;
  for (let i = 0; i < key.length; i++) hash = ((hash ^ BigInt(key.charCodeAt(i))) * FNV_PRIME) & MASK_128;
  return hash.toString(16).padStart(32, '0');
}

const TITLE_LENGTH = 60;
/** The first of these in which anybody can see something, on one line: the mention's title, its text, who wrote it, where. */
export function storyTitle(title: string | undefined, text: string, ...others: readonly (string | undefined)[]): string {
  for (const candidate of [title, text, ...others]) {
    if (candidate !== undefined && !isInvisible(candidate)) return excerptLine(candidate, TITLE_LENGTH);
  }
  return '…';
}

/** The short code people say: `A17`. */
export function incidentCode(number: number): string {
  return `A${number}`;
}
