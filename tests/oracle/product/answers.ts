/** The product's side: its real line of ingest, store and services, fed with a set of events and asked questions. */
import { createTargetService } from '../../../server/pipeline/services/targets.ts';
import { createKpiService } from '../../../server/pipeline/services/kpis.ts';
import { isRefusal } from '../../../server/pipeline/ports/refusal.ts';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import { createMemoryLedger, type MemoryLedger } from '../../helpers/memory-ledger.ts';
import { openLine } from '../../helpers/line.ts';
import { seededRandom } from '../../helpers/random.ts';
import { NOW, brands, madeAt, type EventSet } from '../events/delivery.ts';
import type { Clock, Question } from '../facts/world.ts';
import { actOnStories, clocksOf } from './people.ts';

export interface Asked {
  ask(question: Question, kpis: readonly string[]): Promise<readonly KpiValue[]>;
}

export interface Product extends Asked {
  /** The same product with a fault between its ledger and whoever counts. */
  withRows(fault: RowFault): Asked;
  readonly clocks: readonly Clock[];
  close(): Promise<void>;
}

/** What a planted fault does to a row of the ledger before it is counted. */
export type RowFault = (row: LedgerRow) => readonly LedgerRow[];

type Line = Awaited<ReturnType<typeof openLine>>;
const who = { owner: '测试', reason: '对账' };

export async function openProduct(set: EventSet): Promise<Product> {
  const line = await openLine({ now: new Date(madeAt(set)).toISOString(), timeZone: set.timeZone });
  await line.commit(async (tx, touch) => {
    await tx.putPolicy('brands', { value: brands, effectiveFrom: 0, setAt: 0, ...who });
    touch('policies');
  });
  const service = createTargetService({
    reads: line.store.reads,
    commit: line.commit,
    calendar: line.calendar,
    clock: line.clock,
    ledger: line.ledger,
  });
  const random = seededRandom(set.seed);
  const targets = [...set.targets];
  async function setTargets(until: number): Promise<void> {
    for (let next = targets[0]; next && next.setAt <= until; next = targets[0]) {
      targets.shift();
      const { dimension, setAt, ...target } = next;
      line.at(setAt);
      const put = await service.put([{ ...target, ...who, ...(dimension && { dimension: { [dimension.dim]: dimension.value } }) }], {
        dryRun: false,
        confirm: true,
        restate: true,
      });
      if (isRefusal(put)) throw new Error(put.detail);
    }
  }
  for (const { received, events } of set.batches) {
    await setTargets(received);
    line.at(received);
    await line.ingest(events);
    await actOnStories(line, random);
  }
  await setTargets(NOW);
  line.at(NOW);
  return {
    ...asking(line, line.ledger),
    clocks: clocksOf(line, set.seed),
    withRows(fault) {
      const ledger = createMemoryLedger(line.calendar);
      const rows = line.ledger.all().flatMap((row) => fault(row));
      ledger.append(1, rows);
      return asking(line, ledger);
    },
    close: () => line.close(),
  };
}

function asking({ store, calendar, clock }: Line, ledger: MemoryLedger): Asked {
  const kpis = createKpiService({ reads: store.reads, ledger, calendar, clock });
  return {
    async ask({ grain, period, asOf, knownAt, by, where }, ids) {
      const answer = await kpis.query({
        ...{ grain, period, kpis: ids, by, where: where ? [where] : [] },
        asOf: asOf === NOW ? null : asOf,
        knownAt: knownAt === NOW ? null : knownAt,
      });
      if (isRefusal(answer)) throw new Error(answer.detail);
      return answer.values;
    },
  };
}
