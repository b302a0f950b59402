/**
 * K21 and K22: of the people who engaged in the period, those who came as a lead or ordered within some time after it. A person
 * is known by the id of a buyer, a customer or a contact; coverage is the share of people whom any order or lead knows at all.
 * Who engaged a moment ago may still come, so the value is provisional until that time has passed for everybody.
 */
import type { Follower } from '../ledger/follower.ts';
import { DAY_MS } from '../time/calendar.ts';
import type { FollowedRead, KpiContext, KpiDefinition } from './definition.ts';
import { countTerm, ratioOf } from './figures.ts';

const lead: Follower = { family: 'leads', things: ['contact', 'customer'], measures: ['leads'], where: [] };
/** Paid in minor units, or an order of nothing that stands. */
const order: Follower = { family: 'sales', things: ['buyer', 'customer'], measures: ['paid', 'holds'], where: [] };
/** The first order that stands, cancelled and fully refunded ones passed over (R6). */
const firstOrder: Follower = { ...order, measures: ['holds'], firstOnly: true };

function engagedRead({ period, asOf }: KpiContext, days: number, more: Pick<FollowedRead, 'where' | 'followers'>): FollowedRead {
  const withinMs = days * DAY_MS;
  return {
    ...({ ask: 'followed', family: 'audience', of: 'person', measure: 'engagements' } as const),
    ...{ from: period.from, to: period.to, withinMs, settledUpTo: asOf - withinMs },
    ...more,
  };
}

const converted = {
  ...({ version: 1, unit: 'ratio', most: 1, better: 'up', dimensions: ['campaign', 'platform'] } as const satisfies Partial<KpiDefinition>),
  ...ratioOf({
    numerator: () => [countTerm('people', 'followed')],
    denominator: () => [countTerm('people')],
    sample: () => [countTerm('people')],
    refine(figure, cell) {
      const { count, known, settled } = cell.followed('people');
      return count > 0 ? { ...figure, maturity: settled / count, coverage: known / count } : figure;
    },
  }),
};

export const spreadConversion: KpiDefinition = {
  id: 'spread_conversion',
  name: { zh: '传播转化率', en: 'Spread conversion' },
  formula: {
    zh: '期内有互动的人中，互动后 7 天内成为线索或下单付款者的占比（天数可配置）；按买家、客户或联系人识别同一人。',
    en: 'Of the people who engaged in the period, those with a lead or a paid order within 7 days after it (the days can be set); a person is known as buyer, customer or contact.',
  },
  ...converted,
  readings: ['spreadConversionDays'],
  reads: (context) => ({ people: engagedRead(context, context.readings.spreadConversionDays, { where: [], followers: [lead, order] }) }),
};

export const wordOfMouth: KpiDefinition = {
  id: 'word_of_mouth',
  name: { zh: '口碑转化率', en: 'Word of mouth' },
  formula: {
    zh: '期内有自发互动的人中，互动后 30 天内成为自发线索或首次下单者的占比（天数可配置）；按买家、客户或联系人识别同一人。',
    en: 'Of the people with an earned engagement in the period, those with an earned lead or their first order within 30 days after it (the days can be set); a person is known as buyer, customer or contact.',
  },
  ...converted,
  readings: ['wordOfMouthDays'],
  reads: (context) => ({
    people: engagedRead(context, context.readings.wordOfMouthDays, {
      where: [{ dim: 'touch', value: 'earned' }],
      followers: [{ ...lead, where: [{ dim: 'touch', value: 'earned' }] }, firstOrder],
    }),
  }),
};
