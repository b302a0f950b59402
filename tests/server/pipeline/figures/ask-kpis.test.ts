/** A read of the whole business beside reads of a slice: asked without the slice, once, and given to every cell. */
import { expect, it } from 'vitest';
import type { KpiContext } from '../../../../server/domain/kpis/definition.ts';
import type { KpiSelection } from '../../../../server/domain/kpis/evaluate.ts';
import { kpiDefinition } from '../../../../server/domain/kpis/registry.ts';
import { families } from '../../../../server/domain/ledger/registry.ts';
import { nodeDaysOf } from '../../../../server/domain/nodes/nodes.ts';
import { targetBook } from '../../../../server/domain/targets/book.ts';
import { campaignBook } from '../../../../server/domain/targets/campaign-windows.ts';
import { readingsBook } from '../../../../server/domain/targets/readings-book.ts';
import { createCalendar, parseDay } from '../../../../server/domain/time/calendar.ts';
import { elapsedShare, periodOf } from '../../../../server/domain/time/period.ts';
import { askKpis, type LedgerAsk } from '../../../../server/pipeline/figures/ask-kpis.ts';
import type { LedgerQuestion, SumRow } from '../../../../server/pipeline/ports/ledger.ts';
import { defaultReadings } from '../../../../shared/kpi/readings.ts';
import { generateSales } from '../../../helpers/generated-sales.ts';
import { standardNodes } from '../../../helpers/nodes.ts';

const calendar = createCalendar('Asia/Shanghai', nodeDaysOf(standardNodes));
const day = (text: string): number => parseDay(text) ?? 0;
const FIRST = day('2025-06-01');
const OPENED = day('2026-06-01');
const sales = generateSales(7, FIRST, day('2026-12-01') - FIRST);

/** A shop whose channel 新店 opened in June and sells a tenth of the whole. */
function shop(asked: LedgerQuestion[]): LedgerAsk {
  const rowsOf = (question: LedgerQuestion): SumRow[] => {
    if (question.ask !== 'sums') return [];
    const { by, where, unit, from, to, perBucket } = question;
    const isPart = by.includes('channel') || where.length > 0;
    const values = unit === 'hour' ? sales.hours : sales.days;
    const buckets = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (bucket) => !isPart || bucket >= OPENED * (unit === 'hour' ? 24 : 1),
    );
    const rows = buckets.flatMap((bucket): SumRow[] => {
      const net = Math.round((values.get(bucket) ?? 0) / (isPart ? 10 : 1));
      const known: Record<string, number> = { paid: net, orders: 50 };
      return net === 0
        ? []
        : [{ bucket, dims: by.length > 0 ? ['新店'] : [], measures: families.sales.measures.map((name) => known[name] ?? 0) }];
    });
    if (perBucket) return rows;
    const sum = (place: number): number => rows.reduce((all, { measures }) => all + Number(measures[place]), 0);
    const [first] = rows;
    return first ? [{ ...first, bucket: null, measures: first.measures.map((_, place) => sum(place)) }] : [];
  };
  return {
    ask: (questions) => {
      asked.push(...questions);
      return Promise.resolve(questions.map(rowsOf));
    },
  };
}

it.each<[string, KpiSelection]>([
  ['by channel', { by: 'channel', where: [] }],
  ['of one channel', { by: null, where: [{ dim: 'channel', value: '新店' }] }],
])('[KP6] %s, a channel younger than the node has the weight it had for the whole', async (_name, slice) => {
  const period = periodOf('month', day('2026-11-01'));
  const pace = kpiDefinition('sales_pace');
  if (!pace) throw new Error('no sales_pace');
  const target = {
    kpi: 'net_sales',
    grain: 'month',
    period: '2026-11',
    value: 1e9,
    owner: 'o',
    reason: 'r',
    dimension: { channel: '新店' },
  } as const;
  const asked: LedgerQuestion[] = [];
  const at = async (text: string) => {
    const asOf = calendar.startOfDay(day(text));
    const context: KpiContext = {
      ...{ calendar, period, asOf, state: 'live', elapsed: elapsedShare(calendar, period, asOf), readings: defaultReadings },
      ...{ brands: { own: [], tracked: [] }, campaigns: campaignBook([], calendar), targets: targetBook([target], asOf) },
      ...{ readingsBook: readingsBook([], calendar, asOf), dimensions: ['channel'] },
    };
    const [values = []] = await askKpis(shop(asked), [{ definition: pace, context, slice }], { asOf });
    expect(values).toHaveLength(1);
    return values[0];
  };
  const [before, after] = [await at('2026-11-11'), await at('2026-11-12')];
  expect(before).toMatchObject({ dimension: { channel: '新店' }, curve: 'learnt', nodesFrom: 'whole' });
  // Five usual days of 34.
  expect(((after?.denominator ?? 0) - (before?.denominator ?? 0)) / 1e9).toBeGreaterThan(0.11);
  const ofWhole = asked.filter((question) => question.ask === 'sums' && question.by.length + question.where.length === 0);
  expect(ofWhole.length).toBeGreaterThan(0);
  expect(
    asked.every(
      (question) => ofWhole.includes(question) || question.where.length > 0 || (question.ask === 'sums' && question.by[0] === 'channel'),
    ),
  ).toBe(true);
});
