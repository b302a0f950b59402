/**
 * What is usual on a day, for all watched figures of a family: learnt from the ledger's rows of like days once, and kept,
 * because it holds for the whole day.
 */
import { likeDays } from '../../domain/anomalies/like-days.ts';
import { DAY_STEPS, learnUsual, OWN_LEAST, STEPS_AFTER, STEPS_BEFORE, type Usual } from '../../domain/anomalies/usual.ts';
import { watched, type Watched } from '../../domain/anomalies/watched.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { Nodes } from '../../domain/nodes/nodes.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { stepOf } from '../../domain/time/step.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import { joined, readSteps } from './step-sums.ts';

export interface Baseline {
  /** null while too few like days of the day's own group hold data. */
  readonly usual: Usual | null;
  /** Like days of the day's own group that hold data. */
  readonly own: readonly number[];
}
export interface Rules {
  readonly nodes: Nodes;
  readonly own: readonly string[];
}
export interface Baselines {
  of(family: FamilyName, day: number, rules: Rules): Promise<ReadonlyMap<Watched, Baseline>>;
}

/** Like days nearer than this are read in one question. */
const NEAR_STEPS = 12 * DAY_STEPS;
const KEPT_MOST = 100;
const KEPT_MS = 6 * 3_600_000;
/** While figures are still learnt, an import may bring the days that lack. */
const LEARNING_MS = 300_000;

export function createBaselines(parts: {
  readonly ledger: Pick<LedgerReads, 'ask'>;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  readonly yieldIfDue: () => Promise<void> | undefined;
}): Baselines {
  const { ledger, calendar, clock, yieldIfDue } = parts;
  const kept = new Map<string, { readonly until: number; readonly baselines: ReadonlyMap<Watched, Baseline>; readonly nodes: Nodes }>();

  async function learn(family: FamilyName, day: number, { nodes, own }: Rules): Promise<ReadonlyMap<Watched, Baseline>> {
    const figures = watched.filter((one) => one.family === family && one.every === 'step');
    const like = likeDays(nodes, day);
    const startOf = (one: number): number => stepOf(calendar.startOfDay(one));
    const stretches = like.days.map((one) => ({ from: startOf(one.day) - STEPS_BEFORE, to: startOf(one.day) + DAY_STEPS + STEPS_AFTER }));
    const sums = await readSteps(ledger, { family, figures }, joined(stretches, NEAR_STEPS), own);
    const days = like.days.filter((one) => sums.holdsData(startOf(one.day), startOf(one.day + 1)));
    const ownDays = days.filter((one) => one.group === like.group).map((one) => one.day);
    const baselines = new Map<Watched, Baseline>();
    for (const figure of figures) {
      await yieldIfDue();
      const enough = ownDays.length >= OWN_LEAST;
      const from = days.map((one) => {
        const start = startOf(one.day);
        return { group: one.group, steps: sums.steps(figure, start - STEPS_BEFORE, start + DAY_STEPS + STEPS_AFTER) };
      });
      baselines.set(figure, { own: ownDays, usual: enough ? learnUsual(from, like.group, figure.measure) : null });
    }
    return baselines;
  }

  return {
    async of(family, day, rules) {
      const key = JSON.stringify([family, day, rules.own]);
      const now = clock.monotonic();
      const found = kept.get(key);
      if (found && found.until > now && found.nodes === rules.nodes) return found.baselines;
      const baselines = await learn(family, day, rules);
      const learning = [...baselines.values()].some(({ usual }) => usual === null);
      kept.delete(key);
      kept.set(key, { until: now + (learning ? LEARNING_MS : KEPT_MS), baselines, nodes: rules.nodes });
      for (const oldest of kept.keys()) if (kept.size > KEPT_MOST) kept.delete(oldest);
      return baselines;
    },
  };
}
