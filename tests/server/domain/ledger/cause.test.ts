import { describe, expect, it } from 'vitest';
import { causeOf, causeOnRow } from '../../../../server/domain/ledger/cause.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import type { FactVersion } from '../../../../server/domain/facts.ts';
import { fact, version } from '../../../helpers/facts.ts';

const HOUR = 3_600_000;
/** 10:00 of 20 November in Shanghai; that day ends at 16:00 UTC. */
const AT = Date.parse('2026-11-20T10:00:00+08:00');
const END = Date.parse('2026-11-21T00:00:00+08:00');
const context = { calendar: createCalendar('Asia/Shanghai'), threshold: 0.3, workspaceSince: 0 };
const lines = [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 900 }];
const paid = (v: number, data: object = {}, receivedAt = AT) =>
  version(
    'sales.order.paid',
    { orderId: 'O', version: v, buyerId: 'B', channel: '天猫', region: '华东', lines, ...data },
    { occurredAt: AT, receivedAt },
  );
const cause = (now: FactVersion, ...before: FactVersion[]) =>
  causeOf({ version: now }, before.length === 0 ? undefined : fact('/s', ...before), context);

describe('[R26] the cause of a change', () => {
  it('is `new` at first sight until its day has been over for 48 h, then `late`', () => {
    expect(cause(paid(1))).toBe('new');
    expect(cause(paid(1, {}, END + 48 * HOUR - 1))).toBe('new');
    expect(cause(paid(1, {}, END + 48 * HOUR))).toBe('late');
  });

  it('is `new` for history: a day that ended before the workspace was made is nobody’s late fact', () => {
    const late = { version: paid(1, {}, END + 48 * HOUR) };
    expect(causeOf(late, undefined, { ...context, workspaceSince: END })).toBe('new');
    expect(causeOf(late, undefined, { ...context, workspaceSince: END - 1 })).toBe('late');
  });

  it('is `correction` for a higher version, `reattribution` when only channel, region or campaign differ', () => {
    expect(cause(paid(2, { buyerId: 'C' }), paid(1))).toBe('correction');
    expect(cause(paid(2, { channel: '京东', region: '华南', campaignId: 'C' }), paid(1))).toBe('reattribution');
    expect(cause(paid(2, { channel: '京东', buyerId: 'C' }), paid(1))).toBe('correction');
  });

  it('is its own name for a cancellation, refund, reclassification or deletion, also on a closed day', () => {
    const late = { occurredAt: AT, receivedAt: END + 99 * HOUR };
    expect(cause(version('sales.order.cancelled', { orderId: 'O', version: 2 }, late), paid(1))).toBe('cancellation');
    expect(cause(version('sentiment.reclassified', { mentionId: 'M', version: 1, label: 'negative' }, late))).toBe('reclassification');
    expect(cause(version('sentiment.deleted', { mentionId: 'M', version: 1 }, late))).toBe('deletion');
    const refund = (v: number) => version('sales.order.refunded', { refundId: 'R', orderId: 'O', version: v, amount: 1 }, late);
    expect(cause(refund(1))).toBe('refund');
    expect(cause(refund(2), refund(1))).toBe('correction');
  });

  it('is `new` for a payment that follows its cancellation', () => {
    expect(cause(paid(1), version('sales.order.cancelled', { orderId: 'O', version: 2 }, { occurredAt: AT }))).toBe('new');
  });

  it('is `reattribution` on rows moved by a join, and the refund’s own on the order it gives back', () => {
    const step = (kind: 'order' | 'refund' | 'lead') => ({ kind, key: 'k', source: '/s', version: paid(1) });
    expect(causeOnRow('order', step('lead'), 'new')).toBe('reattribution');
    expect(causeOnRow('refund', step('order'), 'new')).toBe('reattribution');
    expect(causeOnRow('order', step('refund'), 'refund')).toBe('refund');
    expect(causeOnRow('order', step('order'), 'new')).toBe('new');
  });
});
