/** Fingerprints of stories by the keys they are found under. */
import { keyWeight } from '../../../domain/stories/bands.ts';
import type { KnownPrint } from '../../../domain/stories/group.ts';
import { MOST_UNDER_ONE_KEY } from '../../../domain/stories/group.ts';
import type { StoryPrintIndex } from '../../../pipeline/ports/story-prints.ts';
import { bytesIn, numberIn, textIn, textOrNullIn } from '../row-values.ts';
import type { Row } from '../steps.ts';
import type { TxContext } from './context.ts';

/** A story is told by so many prints: one that spreads for days costs as little as one of ten mentions [T9]. */
const PRINTS_A_STORY = 8;
/** Old prints go a few at a time, so that no mention waits for the leavings of a flood. */
const REMOVED_AT_ONCE = 256;

/**
 * The newest under each key, as a list in JSON: a phrase that thousands use must not bring them all. Most keys have none: one
 * look into the index tells that.
 */
const hits = `select j.value, (select json_group_array(print) from
    (select print from story_bands where key = j.value order by print desc limit ${MOST_UNDER_ONE_KEY}))
  from json_each(?) j where exists (select 1 from story_bands where key = j.value)`;
/** Of those that share one band with a mention so many are looked at, the newest; a near copy shares three or more. */
const CHANCE_HITS = 4;
const MOST_HITS = 12;

/**
 * A lonely mention that was taken back or judged anew is nothing to be alike to; one whose complaints were answered stays
 * where it was answered.
 */
const byId = `select p.mention_key, p.brand, p.sku, p.topic, p.at, p.size, p.sketch, p.links, p.keys, m.incident_id,
    case when i.kind <> 'daily' or p.alone = 0 then 'story' when i.status in ('open', 'claimed') then 'lonely' else 'settled' end as place
  from json_each(?) j cross join story_prints p on p.id = j.value cross join incident_mentions m on m.mention_key = p.mention_key
    cross join incidents i on i.id = m.incident_id
  where i.drill = 0 and (i.kind <> 'daily' or p.alone = 0
    or exists (select 1 from mentions f where f.key = p.mention_key and f.deleted = 0 and f.polarity = 'negative'))
  order by i.number desc`;
const keep = `insert into story_prints (mention_key, incident_id, alone, brand, sku, topic, at, size, sketch, links, keys)
  select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
  where ?3 = 1 or (select count(*) from story_prints where incident_id = ?2 and alone = 0) < ${PRINTS_A_STORY}
  on conflict (mention_key) do nothing`;
const find = `insert into story_bands (key, print) select j.value, p.id from story_prints p cross join json_each(p.keys) j
  where p.mention_key = ? on conflict do nothing`;
const unfind = (which: string) =>
  `delete from story_bands where (key, print) in (select j.value, p.id from story_prints p cross join json_each(p.keys) j where ${which})`;
const old = `p.id in (select id from story_prints where at < ?1 order by at limit ${REMOVED_AT_ONCE})`;

function hashesIn(row: Row): Uint32Array {
  // A copy of its own: the bytes of a message may begin anywhere in their buffer.
  const bytes = bytesIn(row, 'sketch').slice();
  return new Uint32Array(bytes.buffer, 0, bytes.byteLength / Uint32Array.BYTES_PER_ELEMENT);
}
const numbersIn = (row: Row, column: string): readonly number[] => JSON.parse(textIn(row, column)) as number[];

function printOf(row: Row): KnownPrint {
  return {
    print: {
      key: textIn(row, 'mention_key'),
      brand: textIn(row, 'brand'),
      sku: textOrNullIn(row, 'sku'),
      topic: textIn(row, 'topic'),
      at: numberIn(row, 'at'),
      sketch: { hashes: hashesIn(row), size: numberIn(row, 'size') },
      links: numbersIn(row, 'links'),
      keys: numbersIn(row, 'keys'),
    },
    incidentId: textIn(row, 'incident_id'),
    place: row['place'] as KnownPrint['place'],
  };
}

/** The prints that share most keys with a mention. */
function nearest(keys: readonly number[], underKey: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const shared = new Map<number, number>();
  for (const key of keys) for (const print of underKey.get(key) ?? []) shared.set(print, (shared.get(print) ?? 0) + keyWeight(key));
  const found = [...shared].sort(([x, m], [y, n]) => n - m || y - x);
  const sure = found.filter(([, count]) => count > 1).slice(0, MOST_HITS);
  return [...sure, ...found.filter(([, count]) => count === 1).slice(0, CHANCE_HITS)].map(([print]) => print);
}

export function storyPrintsPart({ transaction }: TxContext): StoryPrintIndex {
  return {
    async similarPrints(mentions) {
      const keys = new Set(mentions.flat());
      if (keys.size === 0) return [];
      // In the order of the index: neighbours lie on the same pages, and the look-up takes a quarter to a third less processor time than at random.
      const ascending = Uint32Array.from(keys).sort();
      const rows = await transaction.rows<[number, string]>(hits, [`[${ascending.join()}]`]);
      const underKey = new Map<number, readonly number[]>();
      for (const [key, prints] of rows) underKey.set(key, JSON.parse(prints));
      const ids = new Set(mentions.flatMap((one) => nearest(one, underKey)));
      if (ids.size === 0) return [];
      const found = new Map<string, KnownPrint>();
      // Of two incidents that hold a mention, which older programs could make, the first to open comes last and stays.
      for (const row of await transaction.objects(byId, [JSON.stringify([...ids])])) found.set(textIn(row, 'mention_key'), printOf(row));
      return [...found.values()];
    },
    async putStoryPrints({ kept, left, met, dropped, before }) {
      for (const key of dropped) transaction.run(unfind('p.mention_key = ?1'), [key]);
      for (const key of dropped) transaction.run('delete from story_prints where mention_key = ?', [key]);
      for (const { print, incidentId, alone } of kept) {
        const { key, brand, sku, topic, at, sketch, links, keys } = print;
        const { hashes } = sketch;
        const bytes = new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength);
        const values = [
          key,
          incidentId,
          alone ? 1 : 0,
          brand,
          sku,
          topic,
          at,
          sketch.size,
          bytes,
          JSON.stringify(links),
          JSON.stringify(keys),
        ];
        transaction.run(keep, values);
      }
      for (const { print } of kept) transaction.run(find, [print.key]);
      for (const { key, incidentId } of left)
        transaction.run('update story_prints set incident_id = ?, alone = 0 where mention_key = ?', [incidentId, key]);
      for (const { key, at } of met) transaction.run('update story_prints set at = max(at, ?) where mention_key = ?', [at, key]);
      if (kept.length === 0) return;
      transaction.run(unfind(old), [before]);
      transaction.run(`delete from story_prints as p where ${old}`, [before]);
    },
  };
}
