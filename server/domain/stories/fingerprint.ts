/** What grouping knows of a mention: its words as a sketch, the keys it is found under, its links, entity and time. */
import { brandKey } from '../../../shared/text/brand-key.ts';
import { bandsOf, linkKey } from './bands.ts';
import { evidenceLinks } from './links.ts';
import { gramHashes, sketchOf, type Sketch } from './sketch.ts';
import { storyText } from './story-text.ts';

/** What a stored fingerprint says; see `story_prints`. */
export interface Fingerprint {
  /** Fact key of the mention. */
  readonly key: string;
  /** As people read it: `brandKey`. */
  readonly brand: string;
  readonly sku: string | null;
  readonly topic: string;
  /** Publication, UTC ms. */
  readonly at: number;
  readonly sketch: Sketch;
  /** Hashes of links that may be evidence. */
  readonly links: readonly number[];
  /** Keys it is found under: bands of its text, and its links. */
  readonly keys: readonly number[];
}

export interface TellingMention {
  readonly key: string;
  readonly brand: string;
  readonly sku: string | null;
  readonly topic: string;
  readonly publishedAt: number;
  readonly title: string | null;
  readonly text: string;
  readonly url: string | null;
}

/** Grams of a text that says too little to be told from another by its words: about eight characters. */
export const TELLING_GRAMS = 12;

export function fingerprintOf(mention: TellingMention, ownHosts: readonly string[]): Fingerprint {
  const { key, sku, topic, publishedAt: at, title, text, url } = mention;
  const brand = brandKey(mention.brand);
  const names = sku === null ? [mention.brand] : [mention.brand, sku];
  let hashes = gramHashes(storyText(text, names));
  if (hashes.length < TELLING_GRAMS && title !== null) hashes = gramHashes(storyText(`${title} ${text}`, names));
  const telling = hashes.length >= TELLING_GRAMS;
  const links = evidenceLinks(url ?? undefined, text, ownHosts).map((link) => linkKey(link, brand));
  const keys = [...(telling ? bandsOf(hashes, brand) : []), ...links];
  return { key, brand, sku, topic, at, sketch: sketchOf(telling ? hashes : []), links, keys };
}
