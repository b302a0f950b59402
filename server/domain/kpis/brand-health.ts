/**
 * K19: brand health, 0–100. Each part is the value of another KPI, scored 0 at its floor and 100 at its goal; the parts that have
 * a value are weighted, and all of them are shown. Weights, floors and goals are readings.
 */
import type { Readings } from '../../../shared/kpi/readings.ts';
import type { KpiComponent } from '../../../shared/kpi/types.ts';
import { wordOfMouth } from './conversions.ts';
import type { CellInput, KpiContext, KpiDefinition, Part, Read } from './definition.ts';
import { none } from './figures.ts';
import { netSentimentKpi } from './net-sentiment.ts';
import { shareOfVoice } from './share-of-voice.ts';
import { slaCompliance } from './sla-compliance.ts';
import { voiceTrend } from './voice-trend.ts';

interface HealthPart {
  readonly kpi: string;
  readonly reading: keyof Readings['brandHealth'];
  readonly definition: Pick<KpiDefinition, 'reads' | 'compute'>;
}
const parts: readonly HealthPart[] = [
  { kpi: 'net_sentiment', reading: 'netSentiment', definition: netSentimentKpi },
  { kpi: 'share_of_voice', reading: 'shareOfVoice', definition: shareOfVoice },
  { kpi: 'voice_trend', reading: 'voiceTrend', definition: voiceTrend },
  { kpi: 'sla_compliance', reading: 'slaCompliance', definition: slaCompliance },
  { kpi: 'word_of_mouth', reading: 'wordOfMouth', definition: wordOfMouth },
];

const readName = ({ kpi }: HealthPart, read: string): string => `${kpi}.${read}`;

/** The cell as the part's own definition reads it. */
function cellOf(part: HealthPart, cell: CellInput): CellInput {
  const named = (terms: Part): Part => terms.map((term) => ('read' in term ? { ...term, read: readName(part, term.read) } : term));
  return {
    ...cell,
    rows: (read) => cell.rows(readName(part, read)),
    distinct: (read) => cell.distinct(readName(part, read)),
    followed: (read) => cell.followed(readName(part, read)),
    part: (terms) => cell.part(named(terms)),
  };
}

function componentOf(part: HealthPart, cell: CellInput, context: KpiContext): KpiComponent {
  const { weight, floor, goal } = context.readings.brandHealth[part.reading];
  const { value } = part.definition.compute(cellOf(part, cell), context);
  const points = value === null ? null : Math.max(0, Math.min(100, (100 * (value - floor)) / (goal - floor)));
  return { kpi: part.kpi, value, points, weight };
}

export const brandHealth: KpiDefinition = {
  id: 'brand_health',
  name: { zh: '品牌健康度', en: 'Brand health' },
  formula: {
    zh: '净情感、声量份额、声量趋势、响应达标率、口碑转化率各按下限到目标折算 0–100 分后加权平均；无值的分项不计（权重、下限、目标可配置）。',
    en: 'Net sentiment, share of voice, trend of own mentions, SLA compliance and word of mouth, each scored 0–100 from its floor to its goal, weighted over the parts that have a value (weights, floors and goals can be set).',
  },
  version: 1,
  readings: ['brandHealth', 'wordOfMouthDays'],
  unit: 'score',
  most: 100,
  better: 'up',
  dimensions: [],
  reads(context) {
    const reads: Record<string, Read> = {};
    for (const part of parts) for (const [name, read] of Object.entries(part.definition.reads(context))) reads[readName(part, name)] = read;
    return reads;
  },
  ...(slaCompliance.clocks && { clocks: slaCompliance.clocks }),
  compute(cell, context) {
    const components = parts.map((part) => componentOf(part, cell, context));
    const scored = components.flatMap(({ points, weight }) => (points === null || weight === 0 ? [] : [{ points, weight }]));
    const weight = scored.reduce((sum, one) => sum + one.weight, 0);
    if (weight === 0) return { ...none('no_denominator', 0), components };
    const weighted = scored.reduce((sum, one) => sum + one.weight * one.points, 0);
    return { value: weighted / weight, numerator: weighted, denominator: weight, sample: scored.length, components };
  },
};
