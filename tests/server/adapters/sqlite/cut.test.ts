/** Questions about the past: what the store answers for a cut must be what it answered then, or what all its facts say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import type { FactKind } from '../../../../shared/events/define.ts';
import { cellFamilies, type CellFamily } from '../../../../server/domain/cells.ts';
import { factKey, standing } from '../../../../server/domain/facts.ts';
import {
  cellsFromFacts,
  orderAt,
  type FactWithHistory,
  type RecountCut,
  type RecountGroup,
} from '../../../../server/domain/fold/recount.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { factOfRow } from '../../../../server/adapters/sqlite/fact-row.ts';
import { factTables } from '../../../../server/adapters/sqlite/fact-tables.ts';
import { openStore, type SqliteStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { decodeVersion } from '../../../../server/adapters/sqlite/version-text.ts';
import type { CellRow, OrderCounts } from '../../../../server/pipeline/ports/reads.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import type { MemoryStore } from '../../../helpers/memory-store.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';

const ZONE = 'Asia/Shanghai';
const calendar = createCalendar(ZONE);
const SPAN_DAYS = 30;
const families = Object.keys(cellFamilies) as CellFamily[];

let store: SqliteStore | undefined;
let folder = '';
afterEach(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
  store = undefined;
});

async function open(): Promise<SqliteStore> {
  folder = mkdtempSync(join(tmpdir(), 'warroom-cut-'));
  store = await openStore({ file: join(folder, 'store.db'), timeZone: ZONE, newStoreId: 'x', now: () => NOW + 1e9 });
  return store;
}

interface Question {
  readonly family: CellFamily;
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
}

/** Some of the month, so that restricting the candidates has something to leave out. */
function questions(random: Random): Question[] {
  const today = calendar.dayOf(NOW);
  return families.map((family) => {
    const from = today - random.below(SPAN_DAYS);
    const to = from + 1 + random.below(SPAN_DAYS);
    const unit = cellFamilies[family].bucket === 'hour' ? 24 : 1;
    return { family, from: from * unit + random.below(unit), to: to * unit, by: cellFamilies[family].dims };
  });
}

const text = (rows: readonly (CellRow | OrderCounts)[]): string[] => rows.map((r) => JSON.stringify(r)).sort();

const countQuestions = (random: Random) => {
  const from = calendar.dayOf(NOW) - random.below(SPAN_DAYS);
  return [[], ['channel'], ['campaign', 'core']].map((by) => ({ from, to: from + 12, by, where: [] }));
};

async function answers(
  reads: SqliteStore['reads'],
  asked: readonly Question[],
  counts: ReturnType<typeof countQuestions>,
  cut?: RecountCut,
) {
  const withCut = cut ? { cut } : {};
  const cells = await Promise.all(asked.map((q) => reads.cells({ ...q, perBucket: true, where: [], ...withCut })));
  const orders = await Promise.all(counts.map((q) => reads.orderCounts({ ...q, ...withCut })));
  return [...cells, ...orders].map(text);
}

test('R21 what was known at a moment is what the store answered at that moment', async () => {
  const seed = testSeed('cut');
  const random = seededRandom(seed);
  const real = await open();
  const rig = createIngestRig({}, real as unknown as MemoryStore);
  const events = random.shuffle(generateEvents({ seed, count: 500, until: NOW, spanMs: SPAN_DAYS * 86_400_000, ids: 25, instants: 400 }));
  const asked = questions(random);
  const counts = countQuestions(random);
  const then: { at: number; answers: string[][] }[] = [];
  for (let from = 0; from < events.length; from += 50) {
    await rig.feed(events.slice(from, from + 50));
    then.push({ at: rig.clock, answers: await answers(real.reads, asked, counts) });
    rig.clock += 60_000;
  }
  expect(then.at(-1)?.answers.flat().length).toBeGreaterThan(20);
  for (const moment of then)
    expect(await answers(real.reads, asked, counts, { knownAt: moment.at }), `at ${moment.at}`).toEqual(moment.answers);
});

test('R21 a cut of event time gives what a recount of every fact gives', async () => {
  const seed = testSeed('cut');
  const random = seededRandom(seed);
  const real = await open();
  const rig = createIngestRig({}, real as unknown as MemoryStore);
  const events = random.shuffle(generateEvents({ seed, count: 500, until: NOW, spanMs: SPAN_DAYS * 86_400_000, ids: 25, instants: 400 }));
  for (let from = 0; from < events.length; from += 100) {
    await rig.feed(events.slice(from, from + 100));
    rig.clock += 60_000;
  }
  const groups = everyGroup(join(folder, 'store.db'));
  for (let round = 0; round < 8; round++) {
    // Even rounds take what happened later out of what stands; odd ones recount the asked days.
    const asOf = NOW - random.below(SPAN_DAYS) * 86_400_000 - random.below(86_400_000);
    const cut: RecountCut = round % 2 ? { asOf, knownAt: NOW + random.below(5) * 60_000 } : { asOf };
    for (const question of questions(random)) {
      const expected = cellsFromFacts(groups, question.family, { cut, calendar, threshold: 0.3 })
        .filter((a) => a.bucket >= question.from && a.bucket < question.to)
        .map((a) => ({ bucket: a.bucket, dims: JSON.parse(a.dims) as string[], measures: a.measures }));
      const found = await real.reads.cells({ ...question, perBucket: true, where: [], cut });
      expect(text(found), `${question.family} ${JSON.stringify(cut)}`).toEqual(text(expected));
    }
    for (const question of countQuestions(random)) {
      const found = await real.reads.orderCounts({ ...question, cut });
      expect(text(found), `${question.by.join()} ${JSON.stringify(cut)}`).toEqual(text(countedAt(groups, cut, question)));
    }
  }
});

/** Live orders of the days under a cut, counted the plain way. */
function countedAt(
  groups: readonly RecountGroup[],
  cut: RecountCut,
  { from, to, by }: { from: number; to: number; by: string[] },
): OrderCounts[] {
  const found = new Map<string, { order: number; buyer: string; customer: string; day: number }[]>();
  groups.forEach((members, order) => {
    const at = 'orderKey' in members ? orderAt(members, cut, calendar) : undefined;
    const columns = at?.columns;
    const paid = at?.group.order && standing(at.group.order, 'sales.order.paid');
    if (!paid || !columns?.live || columns.day === null || columns.day < from || columns.day >= to) return;
    const { day, buyerId, customerId, channel, campaignId } = columns;
    const dims = paid.data.lines.map((l) => by.map((name) => ({ channel, campaign: campaignId, core: String(l.core) })[name] ?? null));
    for (const key of new Set(dims.map((d) => JSON.stringify(d))))
      found.set(key, [...(found.get(key) ?? []), { order, buyer: buyerId ?? '', customer: customerId ?? '', day }]);
  });
  return [...found].map(([dims, rows]) => {
    const customers = new Set(rows.map((r) => r.customer));
    const days = (customer: string): number => new Set(rows.filter((r) => r.customer === customer).map((r) => r.day)).size;
    return {
      dims: JSON.parse(dims) as string[],
      orders: rows.length,
      buyers: new Set(rows.map((r) => r.buyer)).size,
      customers: customers.size,
      repeatCustomers: [...customers].filter((c) => days(c) > 1).length,
      repeatOrders: rows.length - customers.size,
    };
  });
}

/** All facts of the file, joined the plain way. */
function everyGroup(file: string): RecountGroup[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const all = (kind: FactKind): FactWithHistory[] =>
    db
      .prepare(`select key, versions from ${factTables[kind].table}`)
      .all()
      .map((row) => ({
        fact: factOfRow(kind, String(row['key']), String(row['versions'])),
        history: db
          .prepare('select text from fact_history where kind = ? and key = ?')
          .all(kind, String(row['key']))
          .map((h) => decodeVersion(String(h['text']))),
      }));
  const [orders, refunds, leads] = [all('order'), all('refund'), all('lead')];
  const names = (refund: FactWithHistory): string[] =>
    [...refund.fact.versions, ...refund.history].flatMap((v) =>
      v.type === 'sales.order.refunded' ? [factKey(refund.fact.source, v.data.orderId)] : [],
    );
  const keys = new Set([...orders.map((o) => o.fact.key), ...refunds.flatMap(names)]);
  const groups: RecountGroup[] = [...keys].map((orderKey) => ({
    orderKey,
    order: orders.find((o) => o.fact.key === orderKey),
    refunds: refunds.filter((r) => names(r).includes(orderKey)),
    leads,
  }));
  for (const signing of all('leadStatus')) {
    const version = signing.fact.versions[0];
    if (version?.type === 'lead.signed') {
      const { leadId } = version.data;
      groups.push({
        signing,
        leads: leads.filter((l) => l.fact.versions.some((v) => v.type === 'lead.created' && v.data.leadId === leadId)),
      });
    }
  }
  groups.push(...all('mention').map((mention) => ({ mention })), ...all('spend').map((spend) => ({ spend })));
  db.close();
  return groups;
}
