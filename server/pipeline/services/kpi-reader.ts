/** Turns the reads KPIs declare into store queries, and asks each different one only once. */
import type { CellFamily } from '../../domain/cells.ts';
import type { Read } from '../../domain/kpis/definition.ts';
import type { ReadResults, KpiSelection } from '../../domain/kpis/evaluate.ts';
import type { AsOfs } from './kpi-as-of.ts';
import type { CellRow, OrderCounts, StoreReads } from '../ports/reads.ts';

/** Families of what `anythingAfter` asks about: orders, refunds and leads, and who became a customer by them. */
const salesFamilies: readonly CellFamily[] = ['sales', 'salesHour', 'orders', 'newCustomers'];

type Rows = readonly CellRow[] | readonly OrderCounts[];

export interface KpiReader {
  read(reads: Readonly<Record<string, Read>>): Promise<ReadResults>;
}

export function createKpiReader(reads: StoreReads, slice: KpiSelection, cuts: AsOfs): KpiReader {
  const asked = new Map<string, Promise<Rows>>();
  const by = slice.by === null ? [] : [slice.by];

  function ask(read: Read): Promise<Rows> {
    const range = { from: read.from, to: read.to, where: slice.where };
    if (read.source === 'orders') {
      const query = { ...range, by, ...withCut(cuts.sales) };
      return once(`orders ${JSON.stringify(query)}`, () => reads.orderCounts(query));
    }
    const cut = salesFamilies.includes(read.family) ? cuts.sales : cuts.others;
    const query = { family: read.family, ...range, by: [...by, ...(read.also ?? [])], ...withCut(cut) };
    return once(`cells ${JSON.stringify(query)}`, () => reads.cells(query));
  }

  function once(key: string, run: () => Promise<Rows>): Promise<Rows> {
    const running = asked.get(key) ?? run();
    asked.set(key, running);
    return running;
  }

  return {
    async read(named) {
      const rows = await Promise.all(Object.entries(named).map(async ([name, read]) => [name, await ask(read)] as const));
      return Object.fromEntries(rows);
    },
  };
}

const withCut = (cut: AsOfs['sales']) => (cut === undefined ? {} : { cut });
