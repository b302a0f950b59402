import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../../../server/domain/fold/allocate.ts';
import { refundParts } from '../../../../server/domain/fold/refund-parts.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const line = (sku: string, amount: number) => ({ sku, category: 'k', core: true, quantity: 1, amount });
const refund = (amount: number, lines?: { sku: string; amount: number }[]) => ({
  refundId: 'R',
  orderId: 'O',
  version: 1,
  amount,
  ...(lines && { lines }),
});

describe('[R3] a refund over lines', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [1, [1, 1], [1, 0]],
    [10, [3, 3, 1], [4, 4, 2]],
    [7, [0, 5, 0], [0, 7, 0]],
    [5, [0, 0], [5, 0]],
    [0, [3, 4], [0, 0]],
    [200, [100], [200]],
    [9_000_000_000_000_000, [1, 2], [3_000_000_000_000_000, 6_000_000_000_000_000]],
    [8_999_999_999_999_999, [8_999_999_999_999_998, 1], [8_999_999_999_999_998, 1]],
  ])('shares %d over %j as %j: largest remainder, ties to the earlier line', (amount, weights, parts) => {
    expect(allocate(amount, weights)).toEqual(parts);
  });

  it('always adds up, and never strays a whole unit from the exact share', () => {
    process.stdout.write(`refund-parts: seed ${SEED}\n`);
    const money = fc.oneof(fc.nat(100), fc.integer({ min: 0, max: 9_000_000_000_000_000 }));
    fc.assert(
      fc.property(money, fc.array(fc.oneof(fc.nat(20), fc.nat(40_000_000_000_000)), { minLength: 1, maxLength: 8 }), (amount, weights) => {
        const parts = allocate(amount, weights);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(amount));
        const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
        if (total === 0n) return;
        parts.forEach((part, i) => {
          const exact = BigInt(amount) * BigInt(weights[i] as number);
          const off = BigInt(part) * total - exact;
          expect(off < total && off > -total).toBe(true);
        });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('follows its lines by SKU', () => {
    const lines = [line('a', 100), line('b', 50)];
    expect(
      refundParts(
        lines,
        refund(60, [
          { sku: 'b', amount: 50 },
          { sku: 'a', amount: 10 },
        ]),
      ),
    ).toEqual({ byLine: [10, 50], unknown: 0 });
  });

  it('[FO6] shares the part of a SKU that stands in several lines among them', () => {
    const lines = [line('a', 10), line('b', 5), line('a', 30)];
    expect(refundParts(lines, refund(20, [{ sku: 'a', amount: 20 }]))).toEqual({ byLine: [5, 0, 15], unknown: 0 });
  });

  it('keeps apart what the order does not hold', () => {
    expect(
      refundParts(
        [line('a', 10)],
        refund(9, [
          { sku: 'x', amount: 5 },
          { sku: 'a', amount: 4 },
        ]),
      ),
    ).toEqual({ byLine: [4], unknown: 5 });
  });
});
