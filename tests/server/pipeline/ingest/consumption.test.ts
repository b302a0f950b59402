/** Transactions that read for the next one: what they leave, and when what was read so must not be believed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { sha256 } from '../../../../server/adapters/system/hash.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createConsumption, type Consume } from '../../../../server/pipeline/ingest/consumption.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import { openIncidents } from '../../../../server/pipeline/incidents/intake.ts';
import { PIECES_AHEAD } from '../../../../server/pipeline/ingest/chunks.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { BadData, Fenced } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { FactRef, StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import type { Slice } from '../../../../server/pipeline/ingest/commit-unit.ts';
import { eventBytes, generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { dependencies, order, orders, refund } from '../../../helpers/sales-events.ts';

const A_PIECE = 3;
/** More pieces than are read ahead: only then does a transaction read for the next. */
const LONG = (PIECES_AHEAD + 2) * A_PIECE;

interface Stream {
  readonly store: MemoryStore;
  readonly consume: Consume;
  /** Next records of a partition. */
  slice(partition: number, events: readonly object[]): Slice;
  /** Facts asked for in each transaction, in order. */
  readonly asked: readonly (readonly string[])[];
  /** Transactions that read for the next. */
  readAhead(): number;
  /** Which questions are not answered. */
  readonly loads: { fails: (transaction: number, keys: readonly string[]) => boolean };
  /** Called in the transaction of this number, counted from 0, at its last write. */
  atEnd(transaction: number, act: () => void): void;
}

async function openStream(partitions = 3): Promise<Stream> {
  const store = openMemoryStore(() => NOW);
  const asked: string[][] = [];
  /** Partitions looked at in each transaction. */
  const openings: number[] = [];
  const loads: Stream['loads'] = { fails: () => false };
  const acts = new Map<number, () => void>();
  const write: Store['write'] = (work) =>
    store.write((tx) => {
      const number = asked.push([]) - 1;
      const loadFacts = (refs: readonly FactRef[]) => {
        const keys = refs.map(({ key }) => key);
        asked[number]?.push(...keys);
        if (loads.fails(number, keys)) return Promise.reject(new Error('a transaction was used after its end'));
        return tx.loadFacts(refs);
      };
      const offset: StoreTx['offset'] = (...at) => {
        openings[number] = (openings[number] ?? 0) + 1;
        return tx.offset(...at);
      };
      const advanceOffset: StoreTx['advanceOffset'] = async (position) => {
        acts.get(number)?.();
        await tx.advanceOffset(position);
      };
      return work({ ...tx, loadFacts, offset, advanceOffset });
    });
  const clock = { now: () => NOW, monotonic: () => NOW };
  const consume = createConsumption({
    commit: createCommit({ write }, clock, () => undefined),
    decode: createDecoder({ currency: 'CNY', decodeUtf8 }),
    calendar: createCalendar('Asia/Shanghai'),
    clock,
    logName: 'log',
    openIncidents,
    sha256,
    encodeUtf8,
    yieldIfDue: () => undefined,
    recordsAPiece: A_PIECE,
  });
  for (let p = 0; p < partitions; p++) await store.write((tx) => tx.raiseEpoch('sales', p));
  const ends = Array.from({ length: partitions }, () => 0);
  return {
    store,
    consume,
    asked,
    loads,
    readAhead: () => openings.filter((count) => count > 1).length,
    atEnd: (transaction, act) => acts.set(transaction, act),
    slice(partition, events) {
      const from = ends[partition] as number;
      const records = events.map((event, i) => ({
        ...{ offset: from + i, value: eventBytes(event), key: null, headers: {}, appendedAt: NOW },
      }));
      const nextOffset = (ends[partition] = from + events.length);
      return { topic: 'sales', partition, epoch: 1, records, nextOffset };
    },
  };
}

/** The second is asked for as soon as the first lets it. */
async function oneBehindTheOther({ consume }: Stream, first: Slice, second: Slice, meanwhile: () => void = () => undefined) {
  let behind: Promise<unknown> | undefined;
  const ahead = consume([first], () => {
    behind ??= consume([second]);
  });
  // Asked for after the first and before the second.
  meanwhile();
  return Promise.allSettled([ahead, ahead.catch(() => undefined).then(() => behind)]);
}

async function oneByOne(events: readonly object[]): Promise<MemoryStore> {
  const rig = createIngestRig();
  for (const event of events) await rig.feed([event]);
  return rig.store;
}

let stream: Stream;
beforeEach(async () => {
  stream = await openStream();
});
const filler = (from: number): object[] => orders(from, LONG);

describe('a transaction behind a long one', () => {
  it('has been read for, as far as its first pieces go', async () => {
    const [first, second] = [stream.slice(0, filler(1_000)), stream.slice(1, filler(2_000))];
    await oneBehindTheOther(stream, first, second);
    expect(stream.asked).toHaveLength(2);
    expect(stream.asked[0]).toHaveLength(LONG + PIECES_AHEAD * A_PIECE);
    expect(stream.asked[1]).toHaveLength(LONG - PIECES_AHEAD * A_PIECE);
  });

  it('is not read for by a short one, which somebody may still join', async () => {
    const [first, second] = [stream.slice(0, orders(1_000, A_PIECE)), stream.slice(1, filler(2_000))];
    await oneBehindTheOther(stream, first, second);
    expect(stream.asked.map(({ length }) => length)).toEqual([A_PIECE, LONG]);
  });

  /** How far before the end of the first the section lies that the second depends on, in pieces. */
  const distances = Array.from({ length: PIECES_AHEAD + 2 }, (_, i) => i);
  it.each(dependencies.flatMap((one) => distances.map((distance) => [one[0], distance, one.slice(1) as object[][]] as const)))(
    '[I5] leaves what the same records leave one by one: %s, %i pieces before the end',
    async (_, distance, sections) => {
      const before = [...filler(1_000), ...sections.slice(0, -1).flat(), ...orders(2_000, distance * A_PIECE)];
      for (const own of [0, PIECES_AHEAD - 1]) {
        stream = await openStream();
        const after = [...orders(3_000, own * A_PIECE), ...(sections.at(-1) as object[]), ...filler(4_000)];
        const ends = await oneBehindTheOther(stream, stream.slice(0, before), stream.slice(1, after));
        expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
        expect(stream.store.dump()).toEqual((await oneByOne([...before, ...after])).dump());
      }
    },
  );
});

describe('what was read ahead is not believed', () => {
  it('when it could not be read to its end: it is read again in the own transaction', async () => {
    const [first, second] = [stream.slice(0, filler(1_000)), stream.slice(1, filler(2_000))];
    stream.loads.fails = (transaction, keys) => transaction === 0 && keys.includes('/shop SO-2000');
    const ends = await oneBehindTheOther(stream, first, second);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(stream.asked).toHaveLength(2);
    expect(stream.store.dump()).toEqual((await oneByOne([...filler(1_000), ...filler(2_000)])).dump());
  });

  it('[I9] a store that no longer answers is that transaction’s failure and nobody else’s, whatever was to be looked up again', async () => {
    const first = stream.slice(0, [...filler(1_000), order(1)]);
    const second = stream.slice(1, [order(1, { version: 2 }), ...filler(2_000)]);
    // The first reads its own order; then nobody gets an answer about it, though a piece since then has changed it.
    let answers = 1;
    stream.loads.fails = (_, keys) => keys.includes('/shop SO-1') && answers-- <= 0;
    const ends = await oneBehindTheOther(stream, first, second);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    // A rejection that nobody heard of would end the process.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stream.store.dump()).toEqual((await oneByOne([...filler(1_000), order(1)])).dump());
  });

  it.each([
    ['a correction', order(1, { version: 2 }), [order(1), order(1, { version: 3 })]],
    ['a refund', refund(1, 30), [order(1)]],
  ])('[I1] when the transaction it was read in fails, as if that had never been: %s', async (_, lost, own) => {
    // Long ago within the first: no piece since then makes the second look again.
    const first = stream.slice(0, [lost, ...orders(1_000, 20 * LONG)]);
    stream.atEnd(0, () => {
      throw new BadData('planted');
    });
    const after = [...own, ...filler(2_000)];
    const ends = await oneBehindTheOther(stream, first, stream.slice(1, after));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(stream.store.dump()).toEqual((await oneByOne(after)).dump());
  });

  it('when a policy changes between the two', async () => {
    const mention = (n: number): object => ({
      ...{ specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00', id: `m-${n}`, type: 'sentiment.mention' },
      data: { mentionId: `M-${n}`, version: 1, brand: '山澜', platform: '微博', text: '漏水', score: -0.4 },
    });
    const setThreshold = (): void =>
      void stream.store.write((tx) =>
        tx.putPolicy('polarity', { value: { threshold: 0.5 }, owner: 't', reason: 't', effectiveFrom: 0, setAt: 0 }),
      );
    await oneBehindTheOther(stream, stream.slice(0, filler(1_000)), stream.slice(1, [mention(1), ...filler(2_000)]), setThreshold);
    expect(stream.store.db.prepare('select polarity from mentions').all()).toEqual([{ polarity: 'neutral' }]);
  });

  it('[I2] when the partition was given away between the two', async () => {
    const giveAway = (): void => void stream.store.write((tx) => tx.raiseEpoch('sales', 1));
    const ends = await oneBehindTheOther(stream, stream.slice(0, filler(1_000)), stream.slice(1, filler(2_000)), giveAway);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((ends[1] as PromiseRejectedResult).reason).toBeInstanceOf(Fenced);
    expect(stream.store.dump()).toEqual((await oneByOne(filler(1_000))).dump());
  });
});

describe('[I5] any cut into partitions, transactions and pieces', () => {
  const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
  const RUNS = Number(process.env['RUNS'] ?? 40);
  process.stdout.write(`consumption: seed ${SEED}, ${RUNS} runs\n`);

  it('leaves the same state, also when commits fail and are tried again', async () => {
    let readAhead = 0;
    for (let run = 0; run < RUNS; run++) {
      const random = seededRandom(SEED + run);
      const events = generateEvents({ seed: SEED + run, count: 80 + random.below(160), until: NOW, instants: 6, ids: 4 });
      stream = await openStream(3);
      const feeds = [0, 1, 2].map(() => [] as Slice[]);
      for (const batch of cut([...events, ...events.filter(() => random.chance(0.2))], random)) {
        const partition = random.below(3);
        feeds[partition]?.push(stream.slice(partition, batch));
      }
      for (let n = 0; n < 40; n++)
        if (random.chance(0.2))
          stream.atEnd(n, () => {
            throw new BadData('planted');
          });
      await Promise.all(feeds.map((slices) => untilCommitted(stream.consume, slices)));
      expect(stream.store.dump(), `seed ${SEED + run}`).toEqual((await oneByOne(events)).dump());
      readAhead += stream.readAhead();
    }
    expect(readAhead).toBeGreaterThan(0);
  }, 60_000);
});

function cut(events: readonly object[], random: ReturnType<typeof seededRandom>): object[][] {
  const batches: object[][] = [];
  const shuffled = random.shuffle(events);
  for (let from = 0; from < shuffled.length;) {
    const size = 1 + random.below(10 * A_PIECE);
    batches.push(shuffled.slice(from, (from += size)));
  }
  return batches;
}

/** As a partition is delivered: one batch after the other, each as often as it takes. */
async function untilCommitted(consume: Consume, slices: readonly Slice[]): Promise<void> {
  for (const slice of slices)
    for (let done = false; !done;)
      done = await consume([slice]).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof BadData)) throw error;
          return false;
        },
      );
}
