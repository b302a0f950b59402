/** What makes mentions one story, and the names an incident gets from it. */

/** One incident per brand and `storyId`, or per mention where no story is given. JSON keeps the parts apart. */
export function storyKey(brand: string, storyId: string | null, mentionKey: string): string {
  return storyId === null ? `mention ${mentionKey}` : `story ${JSON.stringify([brand, storyId])}`;
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
/** The mention's title, else the beginning of its text cut at a whole character. */
export function storyTitle(title: string | undefined, text: string): string {
  const source = (title ?? '').trim() || text.trim();
  const characters = Array.from(source.slice(0, TITLE_LENGTH * 4).replace(/\s+/gu, ' '));
  if (characters.length === 0) return '…';
  return characters.length <= TITLE_LENGTH ? characters.join('') : `${characters.slice(0, TITLE_LENGTH - 1).join('')}…`;
}

/** The short code people say: `A17`. */
export function incidentCode(number: number): string {
  return `A${number}`;
}
