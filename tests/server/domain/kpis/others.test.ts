/** A dimension with more cells than a list holds: the largest stay, the rest is one cell, and nothing gets lost. */
import { describe, expect, it } from 'vitest';
import { MOST_CELLS, OTHERS, partsWithOthers, withOthers } from '../../../../server/domain/kpis/others.ts';
import type { ComparedPart } from '../../../../shared/kpi/compare.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const seed = testSeed('others');
const period = { grain: 'day', start: '2026-11-23', end: '2026-11-24' } as const;
const cell = (channel: string | null, change: Partial<KpiValue>): KpiValue => ({
  ...{ kpi: 'net_sales', period, dimension: { channel, region: '华东' }, value: 0, unit: 'minor', numerator: null, denominator: null },
  ...{ state: 'live', sample: 1, ruleVersion: 1, ...change },
});
const names = (count: number): (string | null)[] => [...Array.from({ length: count }, (_, i) => `渠道${i}`), null];
const only = (all: readonly (readonly KpiValue[])[]): readonly KpiValue[] => all[0] ?? [];

describe('[KP18] [S7] cells beyond 200', () => {
  it('become one that holds their sum; the largest and what has no value stay; the whole stays the whole', () => {
    const random = seededRandom(seed);
    const values = names(260).map((name) => cell(name, { value: random.below(20_000) - 5_000 }));
    const shown = only(withOthers([{ shape: 'sum', values }], 'channel'));
    const total = (all: readonly KpiValue[]): number => all.reduce((sum, { value }) => sum + (value ?? 0), 0);
    expect(shown, `SEED=${seed}`).toHaveLength(MOST_CELLS + 2);
    expect([total(shown), shown.reduce((sum, { sample }) => sum + sample, 0)]).toEqual([total(values), 261]);
    const [rest] = shown.filter(({ others }) => others !== undefined);
    expect(rest).toMatchObject({ others: 60, dimension: { channel: OTHERS, region: '华东' } });
    expect(shown.some(({ dimension }) => dimension?.channel === null)).toBe(true);
    const largest = values.map(({ value }) => Math.abs(value ?? 0)).toSorted((a, b) => b - a)[0];
    expect(shown.some(({ value }) => Math.abs(value ?? 0) === largest)).toBe(true);
  });

  it('are those of the first KPI in every other one, and a ratio is that of the sums', () => {
    const sales = names(230).map((name, i) => cell(name, { value: i }));
    const ratios = names(230).map((name, i) =>
      cell(name, { kpi: 'core_share', unit: 'ratio', value: i / 300, numerator: i, denominator: 300 }),
    );
    const [first = [], second = []] = withOthers(
      [
        { shape: 'sum', values: sales },
        { shape: 'ratio', values: ratios },
      ],
      'channel',
    );
    expect(second.map(({ dimension }) => dimension)).toEqual(first.map(({ dimension }) => dimension));
    const small = Array.from({ length: 30 }, (_, i) => i).reduce((sum, i) => sum + i, 0);
    expect(second.at(-1)).toMatchObject({ others: 30, numerator: small, denominator: 9_000, value: small / 9_000 });
  });

  it('have no figure together where the same buyer may be in several, or one has none', () => {
    const buyers = names(201).map((name) => cell(name, { numerator: 1, denominator: 1, value: 1 }));
    expect(only(withOthers([{ shape: null, values: buyers }], 'channel')).at(-1)).toMatchObject({ value: null, reason: 'not_added' });
    const much = names(202).map((name) => cell(name, { value: name === null ? 0 : 9e15 }));
    expect(only(withOthers([{ shape: 'sum', values: much }], 'channel')).at(-1)).toMatchObject({ value: null, reason: 'overflow' });
  });

  it('take in a cell that has their name already, however large: no two cells read the same', () => {
    const values = [...names(200), OTHERS].map((name) => cell(name, { value: name === OTHERS ? 1_000 : 1 }));
    const shown = only(withOthers([{ shape: 'sum', values }], 'channel'));
    expect(shown.filter(({ dimension }) => dimension?.channel === OTHERS)).toMatchObject([{ others: 1, value: 1_000 }]);
    const parts = [...names(200), OTHERS].map((channel): ComparedPart => ({
      kind: 'cell',
      dimension: { channel },
      now: 1,
      base: 0,
      difference: channel === OTHERS ? 1_000 : 1,
    }));
    const compared = partsWithOthers(parts, 'channel');
    expect(compared.filter(({ dimension }) => dimension?.channel === OTHERS)).toMatchObject([{ others: 1, difference: 1_000 }]);
  });

  it('are left alone up to 200, without a dimension, and of campaigns', () => {
    const values = names(200).map((name) => cell(name, { value: 1 }));
    expect(only(withOthers([{ shape: 'sum', values }], 'channel'))).toBe(values);
    const campaigns = names(400).map((name) => cell(null, { dimension: { campaign: name } }));
    expect(only(withOthers([{ shape: 'sum', values: campaigns }], 'campaign'))).toBe(campaigns);
    expect(only(withOthers([{ shape: 'sum', values: campaigns }], null))).toBe(campaigns);
  });

  it('of a comparison add up to the same difference', () => {
    const random = seededRandom(seed);
    const parts = names(300).map((channel): ComparedPart => {
      const [now, base] = [random.below(9_000), random.below(9_000)];
      return { dimension: { channel }, kind: 'cell', now, base, difference: now - base };
    });
    const shown = partsWithOthers([...parts, { dimension: null, kind: 'overlap', now: null, base: null, difference: 5 }], 'channel');
    const sum = (all: readonly ComparedPart[]): number => all.reduce((whole, { difference }) => whole + (difference ?? 0), 0);
    expect([shown.length, sum(shown)], `SEED=${seed}`).toEqual([MOST_CELLS + 3, sum(parts) + 5]);
    expect(shown.at(-1)).toMatchObject({ others: 100, dimension: { channel: OTHERS } });
  });
});
