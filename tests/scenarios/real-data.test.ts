/**
 * Real purchases and real reviews through the line, and every value they must give
 * (expected.json beside them), exactly. The data lie beside the project, not in it.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kpiDefinition } from '../../server/domain/kpis/registry.ts';
import { createKpiService } from '../../server/pipeline/services/kpis.ts';
import { isRefusal } from '../../server/pipeline/ports/refusal.ts';
import type { KpiService } from '../../server/pipeline/services/services.ts';
import type { Grain, KpiValue } from '../../shared/kpi/types.ts';
import { openLine, type Line } from '../helpers/line.ts';
import { projectRoot } from '../helpers/project-root.ts';

interface Expected {
  readonly kpi: string;
  readonly query: { readonly grain: Grain; readonly period: string; readonly where?: string };
  readonly start: string;
  readonly endExclusive: string;
  readonly value: number | null;
  readonly unit: string;
  readonly numerator?: number;
  readonly denominator?: number;
}
interface Part {
  readonly file: string;
  readonly expected: readonly Expected[];
}
interface Document {
  readonly timeZone: string;
  readonly sales: Part;
  readonly reviews: Part & { readonly ownBrand: string };
}

const SUITE = 'real data gives the values two other programs computed';
const folder = join(projectRoot, '..', 'shared', 'data', 'real');

if (existsSync(join(folder, 'expected.json'))) describe(SUITE, realData);
else {
  const reason = '../shared/data/real is absent';
  process.stdout.write(`NOT RUN: ${SUITE}: ${reason}\n`);
  describe.skip(`${SUITE} (not run: ${reason})`, realData);
}

function realData(): void {
  let line: Line;
  let kpis: KpiService;
  let expected: Document;

  beforeAll(async () => {
    expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Document;
    line = await openLine({ now: '2026-11-23T14:00:00+08:00', timeZone: expected.timeZone, threads: true });
    kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
    await line.store.write(async (tx) => {
      const at = line.clock.now();
      const value = { own: [expected.reviews.ownBrand], tracked: [] };
      await tx.putPolicy('brands', { value, owner: '品牌部', reason: '自有品牌', effectiveFrom: at, setAt: at });
    });
    for (const { file } of [expected.sales, expected.reviews]) {
      const texts = await lines(file);
      expect(await line.ingest(texts)).toMatchObject({ applied: texts.length, quarantined: 0 });
    }
  });
  afterAll(() => line.close());

  const lines = async (file: string) => (await readFile(join(folder, file), 'utf8')).split('\n').filter((text) => text !== '');

  async function ask({ kpi, query }: Expected, asOf: number | null): Promise<KpiValue | undefined> {
    const where = query.where === undefined ? [] : [split(query.where)];
    const answer = await kpis.query({ grain: query.grain, period: query.period, kpis: [kpi], by: null, where, asOf, knownAt: null });
    if (isRefusal(answer)) throw new Error(answer.detail);
    return answer.values[0];
  }

  /** Compares all that name a KPI; the others, with an underscore, are counts behind them. Returns how many. */
  async function compare(all: readonly Expected[], asOf: number | null = null): Promise<number> {
    const named = all.filter((want) => kpiDefinition(want.kpi) !== undefined);
    expect(all.filter((want) => !named.includes(want)).every((want) => want.kpi.startsWith('_'))).toBe(true);
    for (const want of named) {
      const got = await ask(want, asOf);
      const what = `${want.kpi} ${want.query.period} ${want.query.where ?? ''}`;
      expect(Object.is(got?.value, want.value), `${what}: ${got?.value} instead of ${want.value}`).toBe(true);
      expect([got?.unit, got?.period.start, got?.period.end], what).toEqual([want.unit, want.start, want.endExclusive]);
      if (want.denominator !== undefined) expect([got?.numerator, got?.denominator], what).toEqual([want.numerator, want.denominator]);
    }
    return named.length;
  }

  it('every value of the CDNOW sample', async () => {
    expect(await compare(expected.sales.expected)).toBe(140);
  });

  it('every value of the reviews', async () => {
    expect(await compare(expected.reviews.expected)).toBe(30);
  });

  it('the reviews are history: they open no clock and wait in 补录待定', async () => {
    const { reads } = line.store;
    expect(await reads.incidents({ open: true, limit: 10, after: null })).toEqual({ rows: [], total: 0, next: null });
    expect((await reads.pendingHistory({ limit: 0, after: null })).total).toBe(1_587);
  });

  it('[R21] the same values recomputed from facts as of the end of March 1998', async () => {
    const asOf = Date.parse('1998-04-01T00:00:00+08:00') - 1;
    const until = expected.sales.expected.filter((e) => e.endExclusive <= '1998-04-01' && ['month', 'quarter'].includes(e.query.grain));
    expect(await compare(until, asOf)).toBeGreaterThan(70);
  });

  it('[I4] a second import changes nothing', async () => {
    const before = await line.store.reads.counts();
    for (const { file } of [expected.sales, expected.reviews]) {
      const texts = await lines(file);
      expect(await line.ingest(texts)).toMatchObject({ applied: 0, duplicate: texts.length, quarantined: 0 });
    }
    expect(await line.store.reads.counts()).toEqual(before);
    await compare([...expected.sales.expected, ...expected.reviews.expected]);
  });
}

function split(where: string): { dim: string; value: string } {
  const at = where.indexOf(':');
  return { dim: where.slice(0, at), value: where.slice(at + 1) };
}
