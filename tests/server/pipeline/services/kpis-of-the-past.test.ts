/** Questions about the past [R21]: a KPI at a moment is what every fact says by hand, and what was answered then. */
import { expect, it } from 'vitest';
import type { KpiAnswer, KpiValue } from '../../../../shared/kpi/types.ts';
import { standing } from '../../../../server/domain/facts.ts';
import { isDeleted, standingPolarity } from '../../../../server/domain/fold/polarity.ts';
import { factAt, orderAt, type RecountCut, type RecountGroup } from '../../../helpers/recount/recount.ts';
import { refundOf } from '../../../../server/domain/fold/order-group.ts';
import type { Qualifying } from '../../../../server/domain/fold/qualifying.ts';
import { refundParts } from '../../../../server/domain/fold/refund-parts.ts';
import { effectiveLead } from '../../../../server/domain/fold/lead-join.ts';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { parsePeriod } from '../../../../server/domain/time/period.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery } from '../../../../server/pipeline/services/services.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import { createMemoryLedger } from '../../../helpers/memory-ledger.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { recountGroups } from '../../../helpers/recount/recount-groups.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const SPAN_DAYS = 40;
const who = { owner: 'o', reason: 'r', effectiveFrom: 0, setAt: 0 };
const brands = { own: ['山澜'], tracked: ['铂域'] };
type Dims = Readonly<Record<string, string | null>>;

function openKpis() {
  const rig = createIngestRig();
  const ledger = createMemoryLedger(calendar);
  let [moved, blocks] = [0, 0];
  const service = createKpiService({
    reads: {
      clockCounts: async () => ({ due: 0, met: 0, excluded: 0 }),
      policyHistory: async (name) => (name === 'brands' ? [{ version: 1, value: brands, ...who }] : []),
      targetHistory: async () => [],
      campaignVersions: async () => [],
      // Made now: every day of the events is history, whose figures have no closing.
      closings: async () => ({ workspaceSince: NOW, byHand: [] }),
    },
    ...{ ledger, calendar, clock: { now: () => rig.clock, monotonic: () => rig.clock } },
  });
  return {
    rig,
    async feed(events: readonly object[]) {
      await rig.feed(events);
      if (rig.ledger.length > moved) ledger.append(++blocks, rig.ledger.slice(moved));
      moved = rig.ledger.length;
    },
    async ask(query: KpiQuery): Promise<KpiAnswer> {
      const answer = await service.query(query);
      if (isRefusal(answer)) throw new Error(answer.detail);
      return answer;
    },
  };
}

const events = (seed: number) => generateEvents({ seed, count: 500, until: NOW, spanMs: SPAN_DAYS * 86_400_000, ids: 25, instants: 400 });

/** KPIs whose past has a test of its own. */
const elsewhere: ReadonlySet<string> = new Set([
  'campaign_share',
  'campaign_share_final',
  'organic_visits',
  'leads',
  'valid_leads',
  'lead_conversion',
  'reads',
  'likes',
  'shares',
  'spread_index',
  'spread_conversion',
  'brand_health',
  'sla_compliance',
  'word_of_mouth',
]);

const salesKpis = ['net_sales', 'net_sales_cohort', 'core_share', 'buyer_value', 'order_value'];
const kinds = [
  { kpis: salesKpis, by: [null, 'channel', 'region', 'campaign', 'category'] },
  { kpis: salesKpis.filter((kpi) => kpi !== 'core_share'), by: ['core'] },
  { kpis: ['new_customers'], by: [null, 'channel', 'region', 'campaign'] },
  { kpis: ['repurchase_rate', 'repeat_order_share'], by: [null, 'channel', 'region'] },
  { kpis: ['net_sentiment', 'net_sentiment_with_neutrals', 'share_of_voice'], by: [null, 'platform'] },
] as const;
/** Compared here with what was answered then only. */
const answeredOnly = [
  { kpis: ['cac', 'cac_media', 'cpl', 'cpl_raw', 'roi', 'roi_revenue', 'roas', 'break_even_roas'], by: [null, 'channel', 'campaign'] },
  { kpis: ['budget_pacing', 'budget_projection'], by: [null, 'channel', 'campaign', 'line'] },
  { kpis: ['budget_mix'], by: [null, 'line'] },
  { kpis: ['growth.net_sales', 'growth.new_customers', 'growth_yoy.order_value'], by: [null, 'channel', 'region'] },
] as const;
const periods = [
  ['day', '2026-11-22'],
  ['week', '2026-W47'],
  ['month', '2026-11'],
  ['month', '2026-10'],
  ['quarter', '2026-Q4'],
] as const;

function questions(random: Random, of: readonly { kpis: readonly string[]; by: readonly (string | null)[] }[] = kinds): KpiQuery[] {
  return of.flatMap(({ kpis, by: all }) =>
    all.map((by) => {
      const [grain, period] = random.pick(periods);
      const narrowed = kpis[0] === 'net_sales' && random.chance(0.4);
      const where = narrowed
        ? [
            random.pick([
              { dim: 'channel', value: '天猫' },
              { dim: 'category', value: '咖啡机' },
              { dim: 'campaign', value: null },
            ]),
          ]
        : [];
      return { grain, period, kpis, by: where.some(({ dim }) => dim === by) ? null : by, where, asOf: null, knownAt: null };
    }),
  );
}

it('[R21] what was known at a moment is what was answered at that moment, for every KPI', async () => {
  const seed = testSeed('kpis of the past');
  const random = seededRandom(seed);
  const { rig, feed, ask } = openKpis();
  const asked = questions(random, [...kinds, ...answeredOnly]);
  const then: { at: number; answers: KpiAnswer[] }[] = [];
  const all = random.shuffle(events(seed));
  for (let from = 0; from < all.length; from += 50) {
    await feed(all.slice(from, from + 50));
    const answers = [];
    for (const query of asked) answers.push(await ask(query));
    then.push({ at: rig.clock, answers });
    rig.clock += 60_000;
  }
  for (const { at, answers } of then)
    for (const [i, query] of asked.entries())
      expect(await ask({ ...query, asOf: at, knownAt: at }), `${JSON.stringify(query)} at ${at} SEED=${seed}`).toEqual(answers[i]);
});

it('[R21] a moment gives what every fact says by hand, for every KPI by every dimension', async () => {
  const seed = testSeed('kpis of the past by hand');
  const random = seededRandom(seed);
  const { rig, feed, ask } = openKpis();
  const all = random.shuffle(events(seed));
  for (let from = 0; from < all.length; from += 100) {
    await feed(all.slice(from, from + 100));
    rig.clock += 60_000;
  }
  const groups = await recountGroups(rig.store);
  const seen = new Set<string>();
  let cells = 0;
  for (let round = 0; round < 10; round++) {
    const asOf = round === 0 ? rig.clock : NOW - random.below(SPAN_DAYS) * 86_400_000 - random.below(86_400_000);
    const cut: RecountCut = round % 2 ? { asOf, knownAt: NOW + random.below(5) * 60_000 } : { asOf };
    const world = byHand(groups, cut);
    for (const query of questions(random)) {
      const answer = await ask({ ...query, asOf, knownAt: cut.knownAt ?? null });
      const expected = query.kpis.flatMap((kpi) => figures(world, kpi, query, asOf));
      expect(answer.values.map(plain), `${JSON.stringify({ query, cut })} SEED=${seed}`).toEqual(expected);
      for (const { kpi } of answer.values) seen.add(kpi);
      cells += answer.values.length;
    }
  }
  expect(cells).toBeGreaterThan(200);
  for (const { kpis } of answeredOnly) for (const kpi of kpis) seen.add(kpi);
  // Those held against a target are net sales and a target; landings and visits have tests of their own.
  const own = kpiDefinitions.filter(({ id }) => !id.startsWith('growth.'));
  const left = own.filter(({ id, cellsOfTargets }) => !seen.has(id) && !elsewhere.has(id) && cellsOfTargets !== 'net_sales');
  expect(left.map(({ id }) => id)).toEqual([]);
});

const plain = ({ kpi, dimension, value, numerator, denominator, sample }: KpiValue) => ({
  kpi,
  dimension,
  value,
  numerator,
  denominator,
  sample,
});

interface World {
  /** Money of one line, or what was given back of it, on a day. */
  readonly money: { day: number; dims: Dims; paid: number; refunded: number; cohort: number; cost: number }[];
  /** A live order in each cell it holds. */
  readonly held: { day: number; dims: Dims; order: string; buyer: string; customer: string }[];
  readonly firsts: Qualifying[];
  readonly mentions: { day: number; dims: Dims; brand: string; polarity: string }[];
}

/** Every fact as the cut shows it, told without a ledger. */
function byHand(groups: readonly RecountGroup[], cut: RecountCut): World {
  const world: World = { money: [], held: [], firsts: [], mentions: [] };
  const first = new Map<string, { key: string; event: Qualifying }>();
  const offer = (key: string, event: Qualifying | undefined): void => {
    if (!event) return;
    const best = first.get(event.customerId);
    if (!best || event.at < best.event.at || (event.at === best.event.at && key < best.key)) first.set(event.customerId, { key, event });
  };
  for (const group of groups) {
    if ('mention' in group) {
      const fact = factAt(group.mention, cut);
      const mention = fact && standing(fact, 'sentiment.mention');
      if (!mention || isDeleted(fact)) continue;
      const { brand, platform } = mention.data;
      world.mentions.push({ day: calendar.dayOf(mention.occurredAt), dims: { platform }, brand, polarity: standingPolarity(fact, 0.3) });
    } else if ('signing' in group) {
      const fact = factAt(group.signing, cut);
      const signed = fact && standing(fact, 'lead.signed');
      if (!signed) continue;
      const lead = effectiveLead(group.leads.flatMap((one) => factAt(one, cut) ?? []))?.data;
      const { channel = null, region = null, campaignId: campaign = null } = lead ?? {};
      offer(fact.key, { customerId: signed.data.customerId, at: signed.occurredAt, channel, region, campaign });
    } else if ('orderKey' in group) addOrder(world, group, cut, offer);
  }
  world.firsts.push(...[...first.values()].map(({ event }) => event));
  return world;
}

function addOrder(
  world: World,
  group: Extract<RecountGroup, { orderKey: string }>,
  cut: RecountCut,
  offer: (key: string, event: Qualifying | undefined) => void,
): void {
  const at = orderAt(group, cut, calendar);
  if (!at) return;
  const { order, refunds } = at.group;
  const paid = order && standing(order, 'sales.order.paid');
  if (order && (!paid || !at.columns?.counts)) return;
  const where = { channel: paid?.data.channel ?? null, region: paid?.data.region ?? null, campaign: at.columns?.campaignId ?? null };
  const orderDay = paid && calendar.dayOf(paid.occurredAt);
  for (const { category, core, amount, cost = 0 } of paid?.data.lines ?? []) {
    const dims = { ...where, category, core: String(core) };
    world.money.push({ day: orderDay ?? 0, dims, paid: amount, refunded: 0, cohort: 0, cost });
    if (order && paid && at.columns?.live) {
      const buyer = paid.data.buyerId;
      world.held.push({ day: orderDay ?? 0, dims, order: order.key, buyer, customer: paid.data.customerId ?? buyer });
    }
  }
  if (order && paid && at.columns?.live) {
    offer(order.key, { ...where, customerId: paid.data.customerId ?? paid.data.buyerId, at: paid.occurredAt });
  }
  for (const fact of refunds) {
    const refund = refundOf(fact);
    if (!refund) continue;
    const day = calendar.dayOf(refund.occurredAt);
    const lines = paid?.data.lines ?? [];
    const { byLine, unknown } = paid ? refundParts(lines, refund.data) : { byLine: [], unknown: refund.data.amount };
    const parts = [
      ...lines.map(({ category, core }, i) => ({ category, core: String(core), amount: byLine[i] ?? 0 })),
      { category: null, core: null, amount: unknown },
    ];
    for (const { amount, ...line } of parts) {
      world.money.push({ day, dims: { ...where, ...line }, paid: 0, refunded: amount, cohort: 0, cost: 0 });
      world.money.push({ day: orderDay ?? day, dims: { ...where, ...line }, paid: 0, refunded: 0, cohort: amount, cost: 0 });
    }
  }
}

type Parts = {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly sample: number;
};

function figures(world: World, kpi: string, { grain, period: name, by, where }: KpiQuery, asOf: number) {
  const period = parsePeriod(grain, name);
  if (!period) throw new Error(name);
  const to = Math.min(period.to, calendar.dayOf(asOf) + 1);
  const window = kpi.startsWith('rep') ? { from: to - 365, to } : period;
  const inside = <T extends { day: number; dims: Dims }>(rows: readonly T[]): T[] =>
    rows.filter(({ day, dims }) => day >= window.from && day < window.to && where.every(({ dim, value }) => dims[dim] === value));
  const money = inside(world.money);
  const held = inside(world.held);
  const firsts = inside(
    world.firsts.map(({ at, channel, region, campaign }) => ({ day: calendar.dayOf(at), dims: { channel, region, campaign } })),
  );
  const voices = inside(world.mentions).filter(
    ({ brand }) => brands.own.includes(brand) || (kpi === 'share_of_voice' && brands.tracked.includes(brand)),
  );
  const nonZero = (rows: typeof money): boolean => {
    const sums = (['paid', 'refunded', 'cohort', 'cost'] as const).map((m) => rows.reduce((sum, row) => sum + row[m], 0));
    return sums.some((sum) => sum !== 0);
  };
  const valueOf = (row: { dims: Dims }): string | null => (by === null ? null : (row.dims[by] ?? null));
  const present = new Set<string | null>();
  if (kpi === 'new_customers') for (const row of firsts) present.add(valueOf(row));
  else if (kpi.startsWith('rep')) for (const row of held) present.add(valueOf(row));
  else if (kpi.startsWith('net_sent') || kpi === 'share_of_voice') for (const row of voices) present.add(valueOf(row));
  else {
    for (const row of held) present.add(valueOf(row));
    for (const row of money) {
      const cell = money.filter((other) => valueOf(other) === valueOf(row));
      // Core share looks at core and other lines apart: what cancels out between them is there all the same.
      const apart =
        kpi === 'core_share'
          ? [...new Set(cell.map((r) => r.dims['core']))].map((core) => cell.filter((r) => r.dims['core'] === core))
          : [cell];
      if (apart.some(nonZero)) present.add(valueOf(row));
    }
  }
  const cells = by === null ? [null] : [...present].sort((a, b) => (a === null ? 1 : b === null || a < b ? -1 : 1));
  return cells.map((cell) => {
    const here = <T extends { dims: Dims }>(rows: readonly T[]): T[] => rows.filter((row) => by === null || valueOf(row) === cell);
    const dimension: Record<string, string | null> = Object.fromEntries(where.map(({ dim, value }) => [dim, value]));
    if (by !== null) dimension[by] = cell;
    const parts = partsOf(kpi, here(money), here(held), here(firsts).length, here(voices));
    return { kpi, dimension: Object.keys(dimension).length === 0 ? null : dimension, ...parts };
  });
}

function partsOf(kpi: string, money: World['money'], held: World['held'], firsts: number, voices: World['mentions']): Parts {
  const sum = (rows: World['money'], m: 'paid' | 'refunded' | 'cohort') => rows.reduce((total, row) => total + row[m], 0);
  const net = (rows: World['money']) => sum(rows, 'paid') - sum(rows, 'refunded');
  const orders = new Set(held.map(({ order }) => order)).size;
  const buyers = new Set(held.map(({ buyer }) => buyer)).size;
  const customers = [...new Set(held.map(({ customer }) => customer))];
  const repeat = customers.filter((one) => new Set(held.filter(({ customer }) => customer === one).map(({ day }) => day)).size > 1).length;
  const whole = (value: number, sample: number): Parts => ({ value, numerator: null, denominator: null, sample });
  const ratio = (numerator: number, denominator: number, sample: number): Parts => ({
    value: denominator <= 0 ? null : numerator / denominator,
    numerator,
    denominator,
    sample,
  });
  const polar = (name: string) => voices.filter(({ polarity }) => polarity === name).length;
  const [p, n] = [polar('positive'), polar('negative')];
  switch (kpi) {
    case 'net_sales':
      return whole(net(money), orders);
    case 'net_sales_cohort':
      return whole(sum(money, 'paid') - sum(money, 'cohort'), orders);
    case 'core_share':
      return ratio(net(money.filter(({ dims }) => dims['core'] === 'true')), net(money), orders);
    case 'buyer_value':
      return ratio(net(money), buyers, buyers);
    case 'order_value':
      return ratio(net(money), orders, orders);
    case 'new_customers':
      return whole(firsts, firsts);
    case 'repurchase_rate':
      return ratio(repeat, customers.length, customers.length);
    case 'repeat_order_share':
      return ratio(orders - customers.length, orders, orders);
    case 'share_of_voice':
      return ratio(voices.filter(({ brand }) => brands.own.includes(brand)).length, voices.length, voices.length);
    default: {
      const neutral = kpi === 'net_sentiment' ? 0 : polar('neutral');
      const value = p + n < 30 ? null : (p - n) / (p + n + neutral);
      return { value, numerator: p - n, denominator: p + n + neutral, sample: p + n };
    }
  }
}
