/** What transactions leave whose chunks are looked up ahead of the fold, and when an answer must not be believed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { consumeUnits } from '../../../../server/pipeline/ingest/consume-units.ts';
import { CHUNKS_AHEAD } from '../../../../server/pipeline/ingest/chunks.ts';
import type { Consumed } from '../../../../server/pipeline/ingest/consume-chunk.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import { BadData, Fenced } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { FactRef, StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import type { CommitUnit } from '../../../../server/pipeline/ingest/commit-unit.ts';
import { consumeParts } from '../../../helpers/consume-parts.ts';
import { eventBytes, generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { rounds } from '../../../helpers/long-form.ts';
import { testSeed } from '../../../helpers/seed.ts';
import { dependencies, order, orders, refund } from '../../../helpers/sales-events.ts';

const CHUNK = 3;
/** More chunks than are looked up ahead: only then does a transaction release the next one before its end. */
const LONG = (CHUNKS_AHEAD + 2) * CHUNK;

interface Stream {
  readonly store: MemoryStore;
  consume(units: readonly CommitUnit[], onReleased?: () => void, endsEarly?: () => boolean): Promise<readonly Consumed[]>;
  /** Next records of a partition. */
  unit(partition: number, events: readonly object[]): CommitUnit;
  /** Facts asked for in each transaction, in order. */
  readonly asked: readonly (readonly string[])[];
  /** Which questions are not answered. */
  readonly loads: { fails: (transaction: number, keys: readonly string[]) => boolean };
  /** Called in the transaction of this number, counted from 0, at its last write. */
  atEnd(transaction: number, act: () => void): void;
}

async function openStream(partitions = 3): Promise<Stream> {
  const store = openMemoryStore(() => NOW);
  const asked: string[][] = [];
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
      const advanceOffset: StoreTx['advanceOffset'] = async (position) => {
        acts.get(number)?.();
        await tx.advanceOffset(position);
      };
      return work({ ...tx, loadFacts, advanceOffset });
    });
  const clock = { now: () => NOW, monotonic: () => NOW };
  const parts = consumeParts({ commit: createCommit({ write }, clock, () => undefined), clock, recordsPerChunk: CHUNK });
  const consume: Stream['consume'] = (units, onReleased, endsEarly) => consumeUnits(parts, units, onReleased, endsEarly);
  for (let p = 0; p < partitions; p++) await store.write((tx) => tx.raiseEpoch('sales', p));
  const ends = Array.from({ length: partitions }, () => 0);
  return {
    store,
    consume,
    asked,
    loads,
    atEnd: (transaction, act) => acts.set(transaction, act),
    unit(partition, events) {
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
async function oneBehindTheOther({ consume }: Stream, first: CommitUnit, second: CommitUnit, meanwhile: () => void = () => undefined) {
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

describe('a transaction of many chunks', () => {
  it('releases the next one before its end, when only the last chunks are left', async () => {
    const log: string[] = [];
    await stream.consume([stream.unit(0, filler(1_000))], () => log.push(`released after ${stream.asked[0]?.length} questions`));
    expect(log[0]).toBe(`released after ${LONG - CHUNK} questions`);
  });

  it('of a few chunks releases it only when all are folded, so that others can share it', async () => {
    const log: (number | undefined)[] = [];
    await stream.consume([stream.unit(0, orders(1_000, CHUNK))], () => log.push(stream.asked[0]?.length));
    expect(log).toEqual([CHUNK]);
  });

  it('looks each fact up once, however far ahead', async () => {
    await stream.consume([stream.unit(0, filler(1_000)), stream.unit(1, filler(2_000))]);
    expect(stream.asked).toHaveLength(1);
    expect(new Set(stream.asked[0]).size).toBe(2 * LONG);
    expect(stream.asked[0]).toHaveLength(2 * LONG);
  });

  /** How many chunks lie between the section that is depended on and the one that depends. */
  const distances = Array.from({ length: CHUNKS_AHEAD + 2 }, (_, i) => i);
  it.each(dependencies.flatMap((one) => distances.map((distance) => [one[0], distance, one.slice(1) as object[][]] as const)))(
    '[I5] leaves what the same records leave one by one: %s, %i chunks between',
    async (_, distance, sections) => {
      const events = [
        ...filler(1_000),
        ...sections.slice(0, -1).flat(),
        ...orders(2_000, distance * CHUNK),
        ...(sections.at(-1) as object[]),
      ];
      await stream.consume([stream.unit(0, [...events, ...filler(4_000)])]);
      expect(stream.store.dump()).toEqual((await oneByOne([...events, ...filler(4_000)])).dump());
    },
  );
});

describe('a transaction that ends early', () => {
  it('[I1] [I5] leaves what is not folded to the next one: nothing is lost, doubled or put in another order', async () => {
    const random = seededRandom(testSeed('early ends'));
    for (let round = 0; round < rounds('EARLY_ROUNDS', { short: 12, long: 200 }); round++) {
      const events = generateEvents({ seed: random.below(1_000_000), count: 150, until: NOW, ids: 12 });
      const parts = [0, 1, 2].map((p) => events.slice(p * 50, (p + 1) * 50));
      const [inParts, whole] = [await openStream(), await openStream()];
      await whole.consume(parts.map((part, p) => whole.unit(p, part)));
      let left: readonly CommitUnit[] = parts.map((part, p) => inParts.unit(p, part));
      for (let transactions = 0; left.length > 0; transactions++) {
        expect(transactions).toBeLessThan(50);
        let looks = random.below(6);
        const done = await inParts.consume(left, undefined, () => looks-- <= 0);
        left = left.flatMap((unit, i) => {
          const { records, nextOffset } = done[i]?.unit ?? unit;
          expect(records).toEqual(unit.records.slice(0, records.length));
          const rest = unit.records.slice(records.length);
          expect(nextOffset).toBe(rest[0]?.offset ?? unit.nextOffset);
          return rest.length === 0 ? [] : [{ ...unit, records: rest }];
        });
      }
      expect(inParts.store.dump()).toEqual(whole.store.dump());
      for (const p of [0, 1, 2]) expect((await inParts.store.write((tx) => tx.offset('sales', p)))?.nextOffset).toBe(50);
    }
  });

  it('has folded some chunks first, and asks the store for nothing after its end', async () => {
    const [{ unit } = { unit: undefined }] = await stream.consume([stream.unit(0, filler(1_000))], undefined, () => true);
    expect(unit?.records).toHaveLength(4 * CHUNK);
    const asked = stream.asked[0]?.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.asked[0]).toHaveLength(asked ?? 0);
  });
});

describe('a transaction behind another', () => {
  it.each(dependencies.map((one) => [one[0], one.slice(1) as object[][]] as const))(
    '[I5] sees what the one before it left: %s',
    async (_, sections) => {
      const before = [...filler(1_000), ...sections.slice(0, -1).flat()];
      const after = [...(sections.at(-1) as object[]), ...filler(4_000)];
      const ends = await oneBehindTheOther(stream, stream.unit(0, before), stream.unit(1, after));
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      expect(stream.store.dump()).toEqual((await oneByOne([...before, ...after])).dump());
    },
  );

  it('[I9] a store that no longer answers is that transaction’s failure and nobody else’s', async () => {
    const first = stream.unit(0, [...filler(1_000), order(1)]);
    const second = stream.unit(1, [order(1, { version: 2 }), ...filler(2_000)]);
    stream.loads.fails = (transaction, keys) => transaction === 1 && keys.includes('/shop SO-1');
    const ends = await oneBehindTheOther(stream, first, second);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    // A rejection that nobody heard of would end the process.
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.store.dump()).toEqual((await oneByOne([...filler(1_000), order(1)])).dump());
  });

  it('[I9] a question that fails when it is asked again fails the transaction', async () => {
    let answers = 1;
    stream.loads.fails = (_, keys) => keys.includes('/shop SO-1') && answers-- <= 0;
    const failing = stream.consume([stream.unit(0, [order(1), ...orders(1_000, CHUNK), order(1, { version: 2 }), ...filler(2_000)])]);
    await expect(failing).rejects.toThrow('after its end');
  });

  it.each([
    ['a correction', order(1, { version: 2 }), [order(1), order(1, { version: 3 })]],
    ['a refund', refund(1, 30), [order(1)]],
  ])('[I1] when that one fails, leaves what it would have left without it: %s', async (_, lost, own) => {
    const first = stream.unit(0, [lost, ...orders(1_000, 20 * LONG)]);
    stream.atEnd(0, () => {
      throw new BadData('planted');
    });
    const after = [...own, ...filler(2_000)];
    const ends = await oneBehindTheOther(stream, first, stream.unit(1, after));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(stream.store.dump()).toEqual((await oneByOne(after)).dump());
  });

  it('goes by the policy that was set between the two', async () => {
    const mention = (n: number): object => ({
      ...{ specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00', id: `m-${n}`, type: 'sentiment.mention' },
      data: { mentionId: `M-${n}`, version: 1, brand: '山澜', platform: '微博', text: '漏水', score: -0.4 },
    });
    const setThreshold = (): void =>
      void stream.store.write((tx) =>
        tx.putPolicy('polarity', { value: { threshold: 0.5 }, owner: 't', reason: 't', effectiveFrom: 0, setAt: 0 }),
      );
    await oneBehindTheOther(stream, stream.unit(0, filler(1_000)), stream.unit(1, [mention(1), ...filler(2_000)]), setThreshold);
    expect(stream.store.db.prepare('select polarity from mentions').all()).toEqual([{ polarity: 'neutral' }]);
  });

  it('[I2] is refused when the partition was given away between the two', async () => {
    const giveAway = (): void => void stream.store.write((tx) => tx.raiseEpoch('sales', 1));
    const ends = await oneBehindTheOther(stream, stream.unit(0, filler(1_000)), stream.unit(1, filler(2_000)), giveAway);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((ends[1] as PromiseRejectedResult).reason).toBeInstanceOf(Fenced);
    expect(stream.store.dump()).toEqual((await oneByOne(filler(1_000))).dump());
  });
});

describe('[I5] any cut into partitions, transactions and chunks', () => {
  const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
  const RUNS = rounds('RUNS', { short: 20, long: 200 });
  process.stdout.write(`consume-units: seed ${SEED}, ${RUNS} runs\n`);

  it('leaves the same state, also when commits fail and are tried again', async () => {
    for (let run = 0; run < RUNS; run++) {
      const random = seededRandom(SEED + run);
      const events = generateEvents({ seed: SEED + run, count: 80 + random.below(160), until: NOW, instants: 6, ids: 4 });
      stream = await openStream(3);
      const feeds = [0, 1, 2].map(() => [] as CommitUnit[]);
      for (const batch of cut([...events, ...events.filter(() => random.chance(0.2))], random)) {
        const partition = random.below(3);
        feeds[partition]?.push(stream.unit(partition, batch));
      }
      for (let n = 0; n < 40; n++)
        if (random.chance(0.2))
          stream.atEnd(n, () => {
            throw new BadData('planted');
          });
      await Promise.all(feeds.map((units) => untilCommitted(stream, units)));
      expect(stream.store.dump(), `seed ${SEED + run}`).toEqual((await oneByOne(events)).dump());
    }
  });
});

function cut(events: readonly object[], random: ReturnType<typeof seededRandom>): object[][] {
  const batches: object[][] = [];
  const shuffled = random.shuffle(events);
  for (let from = 0; from < shuffled.length;) {
    const size = 1 + random.below(10 * CHUNK);
    batches.push(shuffled.slice(from, (from += size)));
  }
  return batches;
}

/** As a partition is delivered: one batch after the other, each as often as it takes. */
async function untilCommitted({ consume }: Stream, units: readonly CommitUnit[]): Promise<void> {
  for (const unit of units)
    for (let done = false; !done;)
      done = await consume([unit]).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof BadData)) throw error;
          return false;
        },
      );
}
