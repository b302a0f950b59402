import { describe, expect, it } from 'vitest';
import { headingOf } from '../../../client/settings/headings.ts';
import { dryRunRows, type TargetChanges } from '../../../client/settings/put-targets.ts';
import { readNumber, readTargets, unusual, type FileCell, type KnownKpi } from '../../../client/settings/read-targets.ts';
import { parseCsv } from '../../../client/format/csv.ts';
import type { Target } from '../../../shared/kpi/targets.ts';
import type { Answer } from '../../../client/wire/ask.ts';

const kpis: readonly KnownKpi[] = [
  { id: 'net_sales', unit: 'minor', dimensions: ['channel', 'region'] },
  { id: 'roi', unit: 'ratio', dimensions: ['campaign'] },
  { id: 'new_customers', unit: 'count', dimensions: [] },
];
const context = { heading: headingOf, kpi: (text: string) => kpis.find(({ id }) => id === text), minor: (units: number) => units * 100 };
const read = (rows: readonly (readonly FileCell[])[], formulas: readonly string[] = []) =>
  readTargets({ rows, formulas: new Set(formulas) }, context);
const head = ['指标', '期间', '目标值', '负责人', '理由', '渠道'];

describe('targets of a file', () => {
  it('are read whatever the language of the headings, with money in minor units and shares as ratios', () => {
    const text =
      'KPI,Period,Target,Owner,Reason,Channel,Effective from\nnet_sales,2026-12,"8,000.50",林悦,年底,京东,2026-12-01T00:00:00+08:00\nroi,2026-Q4,35%,林悦,年底,,\nnew_customers,2026,1.2万,林悦,年底,,\n';
    const { rows, faults } = read(parseCsv(text));
    expect(faults).toEqual([]);
    expect(rows.map(({ line, target }) => [line, target.kpi, target.grain, target.value, target.dimension, target.effectiveFrom])).toEqual([
      [2, 'net_sales', 'month', 800_050, { channel: '京东' }, '2026-11-30T16:00:00.000Z'],
      [3, 'roi', 'quarter', 0.35, undefined, undefined],
      [4, 'new_customers', 'year', 12_000, undefined, undefined],
    ]);
  });

  it('that are at fault are named by line and column, and the others are kept', () => {
    const good = ['net_sales', '2026-12', 100, '林悦', '年底', null];
    const { rows, faults } = read(
      [
        head,
        good,
        ['nothing', '2026-12', 100, '林悦', '年底', null],
        ['net_sales', '2026-13', 100, '林悦', '年底', null],
        ['net_sales', '2027-01', '=A1*2', '林悦', '年底', null],
        ['net_sales', '2027-01', '1e9', '林悦', '年底', null],
        ['net_sales', '2027-01', -5, '林悦', '年底', null],
        ['net_sales', '2027-01', '0.001', '林悦', '年底', null],
        ['net_sales', '2027-01', 5, '', '年底', null],
        ['roi', '2027-01', '20%', '林悦', '年底', '京东'],
        good,
        [null, null, null, null, null, null],
        ['net_sales', '2027-02', 7, '林悦', '年底', null],
      ],
      ['13:3'],
    );
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(faults.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'kpi', 'unknownKpi'],
      [4, 'period', 'badPeriod'],
      [5, 'value', 'formula'],
      [6, 'value', 'badNumber'],
      [7, 'value', 'negative'],
      [8, 'value', 'tooPrecise'],
      [9, 'owner', 'missing'],
      [10, 'channel', 'badDimension'],
      [11, null, 'repeated'],
      [13, 'value', 'formula'],
    ]);
  });

  it('without a column that every target needs are not read at all', () => {
    expect(
      read([
        ['指标', '期间'],
        ['net_sales', '2026-12'],
      ]).faults.map(({ column, code }) => [column, code]),
    ).toEqual([
      ['value', 'noHeader'],
      ['owner', 'noHeader'],
      ['reason', 'noHeader'],
    ]);
  });

  it.each([
    ['1,234.5', 1_234.5],
    ['780万', 7_800_000],
    ['1.2亿', 120_000_000],
    ['3.5k', 3_500],
    ['12.5%', 0.125],
    ['¥3,000', 3_000],
    ['1,23', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['12 34', undefined],
    ['', undefined],
  ])('%s is the number %s', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
});

const target = (value: number, period = '2026-12', kpi = 'net_sales'): Target => ({
  kpi,
  grain: 'month',
  period,
  value,
  owner: '林悦',
  reason: '年底',
});

describe('a target far off the others of its kind', () => {
  it('is noticed from 1,000 times on, in both directions', () => {
    const standing = [target(7_800_000_000, '2026-11'), target(7_000_000_000, '2026-10')];
    expect(unusual([target(7_000_000), target(7_800_000_000_000), target(78_000_000_000)], standing).map(({ value }) => value)).toEqual([
      7_000_000, 7_800_000_000_000,
    ]);
    expect(unusual([target(1)], [])).toEqual([]);
  });
});

describe('the dry run of a file', () => {
  it('sets aside the rows that the server refuses, and asks again for the others', async () => {
    const asked: number[] = [];
    const put = async (targets: readonly Target[]): Promise<Answer<TargetChanges>> => {
      asked.push(targets.length);
      const bad = targets.findIndex(({ kpi }) => kpi === 'bad');
      if (bad !== -1)
        return { outcome: 'refused', problem: { code: 'unknown_kpi', detail: 'no KPI', path: `targets[${String(bad)}].kpi` } };
      return {
        outcome: 'ok',
        value: { dryRun: true, changes: targets.map((one) => ({ target: one, change: 'added', previousValue: null })) },
      };
    };
    const rows = [target(1), target(2, '2027-01', 'bad'), target(3, '2027-02')].map((one, i) => ({ line: i + 2, target: one }));
    const answer = await dryRunRows(rows, put);
    expect(answer).toMatchObject({ outcome: 'ok', value: { faults: [{ line: 3, column: 'kpi', code: 'server', text: 'no KPI' }] } });
    expect(answer.outcome === 'ok' && answer.value.rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(asked).toEqual([3, 2]);
  });
});
