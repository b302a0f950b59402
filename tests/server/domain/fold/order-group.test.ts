import { describe, expect, it } from 'vitest';
import { effectiveLead } from '../../../../server/domain/fold/lead-join.ts';
import { orderColumns, type OrderGroup } from '../../../../server/domain/fold/order-group.ts';
import { sales } from '../../../../server/domain/ledger/families/sales.ts';
import { difference } from '../../../../server/domain/ledger/timeline.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import type { Fact } from '../../../../server/domain/facts.ts';
import { cellsOfRows, inLedger } from '../../../helpers/recount/cells-of-rows.ts';
import { fact, version } from '../../../helpers/facts.ts';

const calendar = createCalendar('Asia/Shanghai');
/** 23:30 of 1 November in Shanghai, 15:30 in UTC. */
const PAID_AT = Date.parse('2026-11-01T23:30:00+08:00');
const REFUNDED_AT = Date.parse('2026-11-03T00:30:00+08:00');
const [DAY1, DAY3] = [calendar.dayOf(PAID_AT), calendar.dayOf(REFUNDED_AT)];

const lines = [
  { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 900 },
  { sku: 'BEAN', category: '咖啡豆', core: false, quantity: 2, amount: 100 },
];
const base = { orderId: 'O', version: 1, buyerId: 'B', channel: '天猫', region: '华东', lines };
const paid = (data: object = {}) => version('sales.order.paid', { ...base, ...data }, { occurredAt: PAID_AT });
const cancelled = (v: number) => version('sales.order.cancelled', { orderId: 'O', version: v }, { occurredAt: PAID_AT });
const refunded = (amount: number, data: object = {}, refundId = 'R'): Fact =>
  fact('/s', version('sales.order.refunded', { refundId, orderId: 'O', version: 1, amount, ...data }, { occurredAt: REFUNDED_AT }));

function group(order: Fact | undefined, refunds: readonly Fact[] = [], leads: readonly Fact[] = []): OrderGroup {
  return { order, refunds, leads };
}
/** What a group counts for: `family bucket dims` → measures. */
function cells(of: OrderGroup): Record<string, readonly number[]> {
  const cellsOf = cellsOfRows(inLedger('sales', sales.rows(of)), calendar);
  return Object.fromEntries(cellsOf.map(({ family, bucket, dims, measures }) => [`${family} ${bucket} ${dims}`, measures]));
}

describe('[R1] an order counts on the business day and hour of its payment', () => {
  it('[FO4] by line in its own cell, once as an order', () => {
    expect(cells(group(fact('/s', paid({ campaignId: 'C' }))))).toEqual({
      [`sales ${DAY1} ["天猫","华东","C","咖啡机","true"]`]: [900, 0, 0],
      [`sales ${DAY1} ["天猫","华东","C","咖啡豆","false"]`]: [100, 0, 0],
      [`salesHour ${DAY1 * 24 + 23} ["天猫"]`]: [1000, 0],
      [`orders ${DAY1} ["天猫","华东","C"]`]: [1],
    });
  });
});

describe('[R2] a refund', () => {
  it('counts on its own day in the dimensions of the order, and on the day of the order for the cohort', () => {
    expect(cells(group(fact('/s', paid()), [refunded(100, { lines: [{ sku: 'BEAN', amount: 100 }] })]))).toEqual({
      [`sales ${DAY1} ["天猫","华东",null,"咖啡机","true"]`]: [900, 0, 0],
      [`sales ${DAY1} ["天猫","华东",null,"咖啡豆","false"]`]: [100, 0, 100],
      [`sales ${DAY3} ["天猫","华东",null,"咖啡豆","false"]`]: [0, 100, 0],
      [`salesHour ${DAY1 * 24 + 23} ["天猫"]`]: [1000, 0],
      [`salesHour ${DAY3 * 24} ["天猫"]`]: [0, 100],
      [`orders ${DAY1} ["天猫","华东",null]`]: [1],
    });
  });

  it('[I6] [FO7] before its order counts at once, in no cell but 未归属, its cohort on its own day', () => {
    expect(cells(group(undefined, [refunded(100)]))).toEqual({
      [`sales ${DAY3} [null,null,null,null,null]`]: [0, 100, 100],
      [`salesHour ${DAY3 * 24} [null]`]: [0, 100],
    });
  });

  it('[R3] of a SKU the order does not hold is in its channel, region and campaign, in no category, neither core nor not', () => {
    const found = cells(group(fact('/s', paid({ campaignId: 'C' })), [refunded(40, { lines: [{ sku: 'GIFT', amount: 40 }] })]));
    expect(found[`sales ${DAY3} ["天猫","华东","C",null,null]`]).toEqual([0, 40, 0]);
  });
});

describe('[R4] an order that stands as cancelled', () => {
  it('counts nowhere, and its refunds with it', () => {
    expect(cells(group(fact('/s', cancelled(2), paid()), [refunded(100)]))).toEqual({});
  });
  it('[FO5] also while only its cancellation is known', () => {
    const order = fact('/s', cancelled(1));
    expect(cells(group(order, [refunded(100)]))).toEqual({});
    expect(orderColumns(order, group(order), calendar)).toMatchObject({ paidAt: null, counts: false, live: false });
  });
  it('counts again when a higher version is paid', () => {
    const order = fact('/s', cancelled(2), paid({ version: 3 }));
    expect(orderColumns(order, group(order), calendar)).toMatchObject({ counts: true, live: true });
  });
});

describe('[R5] fully refunded', () => {
  const live = (refunds: readonly Fact[], data: object = {}) => {
    const order = fact('/s', paid(data));
    const of = group(order, refunds);
    const columns = orderColumns(order, of, calendar);
    expect(`orders ${DAY1} ["天猫","华东",null]` in cells(of)).toBe(columns.live);
    return columns;
  };
  it('is an order refunded at least whole, over all its refunds', () => {
    expect(live([refunded(999)])).toMatchObject({ live: true, overRefunded: false });
    expect(live([refunded(999), refunded(1, {}, 'R2')])).toMatchObject({ live: false, counts: true, overRefunded: false });
  });
  it('[FO8] a refund of 200 % is counted whole, and flagged', () => {
    const order = fact('/s', paid());
    const found = cells(group(order, [refunded(2000)]));
    expect(live([refunded(2000)])).toMatchObject({ live: false, overRefunded: true });
    expect(found[`salesHour ${DAY3 * 24} ["天猫"]`]).toEqual([0, 2000]);
  });
  it('an order of nothing is an ordinary order, until something is refunded', () => {
    const free = { lines: [{ ...lines[0], amount: 0 }] };
    expect(live([], free)).toMatchObject({ live: true });
    expect(live([refunded(0)], free)).toMatchObject({ live: true });
    expect(live([refunded(1)], free)).toMatchObject({ live: false, overRefunded: true });
  });
});

describe('[R13] the campaign', () => {
  const lead = (source: string, v: number, campaignId?: string): Fact =>
    fact(
      source,
      version(
        'lead.created',
        { leadId: 'L', version: v, channel: 'c', touch: 'paid', reachable: true, ...(campaignId && { campaignId }) },
        { occurredAt: 1 },
      ),
    );

  it('is the order’s own before the lead’s', () => {
    const own = fact('/s', paid({ campaignId: 'C', leadId: 'L' }));
    expect(orderColumns(own, group(own, [], [lead('/a', 1, 'OTHER')]), calendar).campaignId).toBe('C');
    const led = fact('/s', paid({ leadId: 'L' }));
    expect(orderColumns(led, group(led, [], [lead('/a', 1, 'C2')]), calendar).campaignId).toBe('C2');
    expect(cells(group(led, [], [lead('/a', 1, 'C2')]))[`orders ${DAY1} ["天猫","华东","C2"]`]).toEqual([1]);
  });

  it('[FO9] comes from the highest version over all sources, ties to the smaller source, in any order', () => {
    const facts = [lead('/b', 2, 'B'), lead('/a', 2, 'A'), lead('/c', 1, 'C')];
    expect(effectiveLead(facts)?.data.campaignId).toBe('A');
    expect(effectiveLead(facts.toReversed())?.data.campaignId).toBe('A');
    expect(effectiveLead([lead('/a', 1, 'A'), lead('/b', 2)])?.data.campaignId).toBeUndefined();
  });
});

describe('[R7] customer', () => {
  it('is customerId, else buyerId', () => {
    const of = (data: object) => {
      const order = fact('/s', paid(data));
      return orderColumns(order, group(order), calendar).customerId;
    };
    expect([of({}), of({ customerId: 'K' })]).toEqual(['B', 'K']);
  });
});

it('[FO3] before and after cancel out where nothing changed', () => {
  const of = group(fact('/s', paid()), [refunded(333)]);
  expect(difference(sales.rows(of), sales.rows(of))).toEqual([]);
});

describe('[R21] what an order counts for', () => {
  it('holds from each event’s own time on: paid from payment, refunded from the refund, no longer live from then on', () => {
    const rows = sales.rows(group(fact('/s', paid()), [refunded(1000)]));
    expect(rows.map(({ kind, at, since, dims, measures }) => [kind, at, since, dims[3], measures])).toEqual([
      ['order', PAID_AT, PAID_AT, '咖啡机', [900, 0, 0, 1, 1, 1, 1, 0, 0, 0]],
      ['order', PAID_AT, PAID_AT, '咖啡豆', [100, 0, 0, 0, 1, 1, 1, 0, 0, 0]],
      ['order', PAID_AT, REFUNDED_AT, '咖啡机', [0, 0, 0, -1, -1, -1, -1, 0, 0, 0]],
      ['order', PAID_AT, REFUNDED_AT, '咖啡豆', [0, 0, 0, 0, -1, -1, -1, 0, 0, 0]],
      ['refund', REFUNDED_AT, REFUNDED_AT, '咖啡机', [0, 900, 0, 0, 0, 0, 0, 0, 0, 0]],
      ['refund', PAID_AT, REFUNDED_AT, '咖啡机', [0, 0, 900, 0, 0, 0, 0, 0, 0, 0]],
      ['refund', REFUNDED_AT, REFUNDED_AT, '咖啡豆', [0, 100, 0, 0, 0, 0, 0, 0, 0, 0]],
      ['refund', PAID_AT, REFUNDED_AT, '咖啡豆', [0, 0, 100, 0, 0, 0, 0, 0, 0, 0]],
    ]);
  });

  it('names buyer and customer on the rows of the order, one row for each category and core', () => {
    const twice = [lines[0], { ...lines[0], sku: 'X6' }];
    expect(sales.rows(group(fact('/s', paid({ customerId: 'K', lines: twice }))))).toMatchObject([
      { dims: ['天猫', '华东', null, '咖啡机', 'true', 'B', 'K'], measures: [1800, 0, 0, 1, 1, 1, 1, 0, 0, 0] },
    ]);
  });
});
