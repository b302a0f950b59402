/**
 * Looks every minute whether the negative mentions of an own brand spike. What is judged are the counts in the store, so a
 * restart loses nothing; a spike that was told of is a row, so nobody is told of it twice. A spike opens no story: it
 * raises the speed of the stories that are part of it.
 */
import { brandKey } from '../../../shared/text/brand-key.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import {
  countsNeeded,
  findSpikes,
  LOOK_MS,
  LOOKS_BACK,
  nextSpike,
  type BrandSpike,
  type Spike,
  type TenMinutes,
} from '../../domain/severity/spikes.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { Timers } from '../ports/timers.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { gradeUngraded, regradeInSpike } from './regrade.ts';
import { createRepetition } from './repetition.ts';
import { spikeMessages } from './spike-messages.ts';

const EVERY_MS = 60_000;

export interface SpikeWatchParts {
  readonly reads: Pick<StoreReads, 'mentionSlots' | 'policies'>;
  readonly commit: Commit;
  readonly clock: ClockPort;
  readonly timers: Timers;
  readonly logger: Logger;
}

export interface SpikeWatch {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): Promise<void>;
  /** One look. */
  look(): Promise<void>;
}

/** Spikes of each own brand among the looks of the last six hours. */
async function spikesNow(
  reads: SpikeWatchParts['reads'],
  policies: Policies,
  ordinal: number,
): Promise<ReadonlyMap<string, readonly Spike[]>> {
  const { brands, spike: policy } = policies;
  const counts = new Map<string, Map<number, { negative: number; total: number }>>(brands.own.map((brand) => [brandKey(brand), new Map()]));
  const known = new Set<number>();
  const weeks = Array.from({ length: policy.weeks + 1 }, (_, week) => countsNeeded(ordinal, week));
  for (const { from, to } of weeks) {
    const slots = await reads.mentionSlots({ from: from * LOOK_MS, to: to * LOOK_MS, stepMs: LOOK_MS });
    if (slots.length > 0) known.add(from);
    for (const { slot, brand, polarity, count } of slots) {
      const own = counts.get(brandKey(brand));
      if (own === undefined) continue;
      const sum = own.get(from + slot) ?? { negative: 0, total: 0 };
      own.set(from + slot, { negative: sum.negative + (polarity === 'negative' ? count : 0), total: sum.total + count });
    }
  }
  // Weeks before the first one that holds any mention are not quiet: nobody knows of them.
  const oldest = weeks.findLast(({ from }) => known.has(from));
  const none: TenMinutes = { negative: 0, total: 0 };
  return new Map(
    brands.own.map((brand) => {
      const own = counts.get(brandKey(brand));
      const at = (one: number): TenMinutes | undefined => (oldest === undefined || one < oldest.from ? undefined : (own?.get(one) ?? none));
      return [brand, findSpikes(at, ordinal - LOOKS_BACK, ordinal, policy)] as const;
    }),
  );
}

/** Writes what changed about spikes, with what follows from it. */
async function settle(
  tx: StoreTx,
  found: ReadonlyMap<string, readonly Spike[]>,
  now: number,
): Promise<{ readonly touched: readonly Touched[]; readonly begun: readonly BrandSpike[] }> {
  const stored = new Map((await tx.latestSpikes()).map((spike) => [brandKey(spike.brand), spike]));
  const begun: BrandSpike[] = [];
  const touched = new Set<Touched>();
  const settled = new Set<string>();
  const put = async (brand: string, spikes: readonly Spike[]): Promise<void> => {
    const before = stored.get(brandKey(brand));
    const next = nextSpike(before, spikes, brand, now);
    if (next === undefined) return;
    await tx.putSpike(next);
    touched.add('mentions');
    if (before?.startedAt === next.startedAt) return;
    begun.push(next);
    await tx.putOutbox(await spikeMessages(tx, next, now));
    for (const part of await regradeInSpike(tx, next, { now, policies: await tx.policies() })) touched.add(part);
  };
  for (const [brand, spikes] of found) {
    settled.add(brandKey(brand));
    await put(brand, spikes);
  }
  // A brand that is no longer ours has no spike that goes on.
  for (const [key, spike] of stored) if (!settled.has(key)) await put(spike.brand, []);
  return { touched: [...touched], begun };
}

export function createSpikeWatch({ reads, commit, clock, timers, logger }: SpikeWatchParts): SpikeWatch {
  let graded = false;

  async function look(): Promise<void> {
    const now = clock.now();
    const policies = await reads.policies();
    const found = await spikesNow(reads, policies, Math.floor(now / LOOK_MS));
    const begun = await commit(async (tx, touch) => {
      const settled = await settle(tx, found, now);
      if (settled.touched.length > 0) touch(...settled.touched);
      return settled.begun;
    });
    for (const { brand, negative, total, usual } of begun) logger.warn({ brand, negative, total, usual }, 'negative mentions spike');
  }

  /** Stories a program without severity left behind. */
  async function gradeOnce(): Promise<void> {
    if (graded) return;
    const now = clock.now();
    await commit(async (tx, touch) => touch(...(await gradeUngraded(tx, { now, policies: await tx.policies() }))));
    graded = true;
  }

  const repetition = createRepetition({
    timers,
    everyMs: EVERY_MS,
    async work() {
      await gradeOnce();
      await look();
    },
    onUnavailable: (error) => logger.error({ code: error.code, error }, 'spikes cannot be looked for; trying again'),
  });
  return { look, run: repetition.run, stop: repetition.stop };
}
