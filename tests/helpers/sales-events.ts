/** Orders and refunds as CloudEvents of one shop, distinguished by a number. */
const nine = '2026-11-23T09:00:00+08:00';
const ten = '2026-11-23T10:00:00+08:00';
const eleven = '2026-11-23T11:00:00+08:00';
const envelope = { specversion: '1.0', source: '/shop' };

export function order(n: number, over: object = {}, time = ten): object {
  return {
    ...{ ...envelope, time, id: `e-${n}`, type: 'sales.order.paid' },
    data: {
      ...{ orderId: `SO-${n}`, version: 1, buyerId: 'B', channel: '天猫', region: '华东' },
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
      ...over,
    },
  };
}

export const orders = (from: number, count: number): object[] => Array.from({ length: count }, (_, i) => order(from + i));

export function refund(n: number, amount: number, version = 1, of = n): object {
  return {
    ...{ ...envelope, time: eleven, id: `r-${n}-${version}`, type: 'sales.order.refunded' },
    data: { refundId: `R-${n}`, orderId: `SO-${of}`, version, amount },
  };
}

/** Sections of which a later one means something else where an earlier one is not yet known: a name, then the sections. */
export const dependencies: readonly (readonly [string, ...(readonly object[])[]])[] = [
  ['a corrected order', [order(1)], [order(1, { version: 2, channel: '京东' })]],
  ['a refund and its order', [refund(1, 40)], [order(1)]],
  ['an order and its refund', [order(1)], [refund(1, 40)]],
  ['a refund that goes to another order', [order(1), order(2), refund(1, 30)], [refund(1, 30, 2, 2)], [order(1, { version: 2 })]],
  ['an order that loses its refund', [refund(1, 30)], [refund(1, 30, 2, 2)], [order(1), order(2)]],
  ['two first orders of a buyer at one instant', [order(2, { buyerId: 'C' }, nine)], [order(1, { buyerId: 'C', channel: '京东' }, nine)]],
  ['a first order that goes to another buyer', [order(1, { buyerId: 'C' }, nine)], [order(1, { version: 2, buyerId: 'D' }, nine)]],
  ['a late older version', [order(1, { version: 3 })], [order(1, { version: 2 })], [order(1, { version: 2 }), order(1)]],
];
