/**
 * How well mentions are grouped into stories: precision and recall over all pairs, on reviews that real people wrote and on a
 * seeded set of reposts, truncations, paraphrases and hard negatives.
 *
 *   node tests/bench/grouping-quality.ts [--reviews FILE.ndjson] [--seeds N] [--similarity 0.6]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultGrouping } from '../../shared/incidents/grouping-policy.ts';
import { groupingQuality } from '../helpers/grouping-quality.ts';
import { labelledMentions } from '../helpers/paraphrases.ts';
import { seededRandom } from '../helpers/random.ts';

const { values } = parseArgs({
  options: {
    reviews: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    similarity: { type: 'string', default: String(defaultGrouping.similarity) },
  },
});

/** Texts of the negative mentions of a file of events, one a line. */
function negatives(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { data } = JSON.parse(line) as { data: { text: string; label?: string } };
      return data.label === 'negative' ? [data.text] : [];
    });
}

const texts = values.reviews === undefined ? [] : negatives(values.reviews);
const policy = { ...defaultGrouping, similarity: Number(values.similarity) };
console.log(`${String(texts.length)} real reviews, similarity ${values.similarity}`);
const runs = Array.from({ length: Number(values.seeds) }, (_, i) => {
  const seed = i + 1;
  const mentions = labelledMentions(texts, seededRandom(seed), { share: texts.length === 0 ? 0.8 : 0.3, most: 4 });
  const { precision, recall, pairs } = groupingQuality(mentions, { policy, batch: 100, brand: '山澜' });
  console.log(
    `  seed ${String(seed)}: ${String(mentions.length)} mentions, ${String(pairs)} pairs of one story: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`,
  );
  return { precision, recall };
});
const least = (of: 'precision' | 'recall') => Math.min(...runs.map((run) => run[of]));
const mean = (of: 'precision' | 'recall') => runs.reduce((sum, run) => sum + run[of], 0) / runs.length;
console.log(`precision ${mean('precision').toFixed(4)} (least ${least('precision').toFixed(4)}), must reach 0.95`);
console.log(`recall ${mean('recall').toFixed(4)} (least ${least('recall').toFixed(4)}), must reach 0.85`);
process.exitCode = mean('precision') >= 0.95 && mean('recall') >= 0.85 ? 0 : 1;
