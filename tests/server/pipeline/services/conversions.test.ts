/** K21 and K22 from events. */
import { afterEach, expect, it } from 'vitest';
import type { EventData } from '../../../../shared/events/registry.ts';
import { event } from '../../../helpers/line.ts';
import { openKpiLine, type KpiLine } from '../../../helpers/kpi-line.ts';

let line: KpiLine;
afterEach(() => line.close());

let serial = 0;
const engaged = (personId: string, time: string, more: Partial<EventData<'audience.engaged'>> = {}) =>
  event('audience.engaged', time, {
    ...{ engagementId: `E-${++serial}`, version: 1, personId, platform: '小红书', touch: 'earned', action: 'like' },
    ...more,
  });
const order = (orderId: string, time: string, buyerId: string, more: object = {}) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
    ...more,
  });
const lead = (leadId: string, time: string, more: Partial<EventData<'lead.created'>>) =>
  event('lead.created', time, { leadId, version: 1, channel: '抖音', touch: 'earned', reachable: true, ...more });

const at = (day: number, time = '10:00:00') => `2026-11-${String(day).padStart(2, '0')}T${time}+08:00`;

it('[K21] counts people, each once, known as buyer, customer or contact, up to 7 × 24 h after an engagement', async () => {
  line = await openKpiLine('2026-11-30T00:00:00+08:00');
  await line.ingest([
    engaged('buyer', at(10)),
    engaged('buyer', at(11)),
    order('1', at(12), 'buyer'),
    engaged('customer', at(10), { platform: '微博' }),
    order('2', at(17), 'someone', { customerId: 'customer' }),
    engaged('contact', at(10)),
    lead('L1', at(10), { contactHash: 'contact', touch: 'paid' }),
    engaged('too late', at(10)),
    order('3', at(17, '10:00:01'), 'too late'),
    engaged('cancelled', at(10)),
    order('4', at(11), 'cancelled'),
    event('sales.order.cancelled', at(12), { orderId: '4', version: 2 }),
    engaged('refunded', at(10)),
    order('5', at(11), 'refunded'),
    event('sales.order.refunded', at(12), { refundId: 'R', orderId: '5', version: 1, amount: 100 }),
    engaged('stranger', at(25)),
    engaged('of October', '2026-10-31T10:00:00+08:00'),
    order('6', at(1), 'of October'),
  ]);
  const whole = await line.whole({ kpi: 'spread_conversion' });
  expect(whole).toMatchObject({ value: 4 / 7, numerator: 4, denominator: 7, coverage: 5 / 7, maturity: 6 / 7 });
  const byPlatform = await line.ask({ kpi: 'spread_conversion', by: 'platform' });
  expect(byPlatform.map(({ dimension, numerator, denominator }) => [dimension?.platform, numerator, denominator])).toEqual([
    ['小红书', 3, 6],
    ['微博', 1, 1],
  ]);
  expect(await line.whole({ kpi: 'spread_conversion', asOf: at(11, '23:00:00') })).toMatchObject({
    numerator: 3,
    denominator: 6,
    maturity: 0,
  });
  await line.setReadings({ spreadConversionDays: 8 });
  expect(await line.whole({ kpi: 'spread_conversion' })).toMatchObject({ numerator: 5, ruleVersion: 2 });
});

it('[K22] counts earned engagements followed by an earned lead or the first order that stands', async () => {
  line = await openKpiLine('2027-01-15T00:00:00+08:00');
  await line.ingest([
    engaged('first order', at(1)),
    order('1', '2026-12-01T10:00:00+08:00', 'first order'),
    engaged('customer before', at(1)),
    order('2', '2026-08-01T10:00:00+08:00', 'customer before'),
    order('3', at(5), 'customer before'),
    // The order before was given back as a whole: the next one is the first that stands.
    engaged('given back', at(1)),
    order('4', '2026-08-01T10:00:00+08:00', 'given back'),
    event('sales.order.refunded', '2026-08-02T10:00:00+08:00', { refundId: 'R', orderId: '4', version: 1, amount: 100 }),
    order('5', at(5), 'given back'),
    engaged('earned lead', at(1)),
    lead('L1', at(20), { contactHash: 'earned lead' }),
    engaged('paid lead', at(1)),
    lead('L2', at(20), { contactHash: 'paid lead', touch: 'paid' }),
    engaged('paid engagement', at(1), { touch: 'paid' }),
    order('6', at(5), 'paid engagement'),
  ]);
  expect(await line.whole({ kpi: 'word_of_mouth' })).toMatchObject({
    value: 3 / 5,
    numerator: 3,
    denominator: 5,
    coverage: 1,
    maturity: 1,
  });
});

it('nobody engaged: no value', async () => {
  line = await openKpiLine('2026-11-30T00:00:00+08:00');
  expect(await line.whole({ kpi: 'spread_conversion' })).toMatchObject({ value: null, reason: 'no_denominator', denominator: 0 });
});
