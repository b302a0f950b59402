/**
 * Looks each second at the screens and at the stories they must show: says which screens froze [SC1], keeps which red stories
 * were painted, and has the ladder's next step called for those that no screen painted within the budget [SC2].
 */
import { FIRE_BELOW_MS } from '../../../shared/wire/constants.ts';
import type { Position } from '../../../shared/wire/protocol.ts';
import { isUnshown, redSince } from '../../domain/screens/unshown.ts';
import type { RedStoryView } from '../../../shared/screens/screen-report.ts';
import type { ClockWatch } from '../incidents/clock-watch.ts';
import { fireEarly } from '../incidents/fire-early.ts';
import { createRepetition } from '../incidents/repetition.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Problems } from '../ports/problems.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { StoryRound } from '../ports/screen-store.ts';
import type { Timers } from '../ports/timers.ts';
import type { ScreenBook } from './book.ts';

const LOOK_MS = 1_000;
/** Reports are written to the store this often, in looks. */
const FLUSH_EVERY = 30;

export interface ScreenWatchParts {
  readonly book: ScreenBook;
  readonly reads: Pick<StoreReads, 'redStories'>;
  readonly commit: Commit;
  /** Tells how far our own clock may be trusted. */
  readonly watch: Pick<ClockWatch, 'read'>;
  readonly positions: () => Readonly<Record<string, Position>>;
  readonly budgetMs: () => Promise<number>;
  readonly timers: Timers;
  readonly problems: Problems;
  readonly metrics: Pick<Metrics, 'screens' | 'unshownStory'>;
  readonly logger: Logger;
}

export interface ScreenWatch {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): Promise<void>;
  /** One look. */
  look(): Promise<void>;
  /** A visible screen painted these stories. */
  painted(screenId: string, incidentIds: readonly string[], at: number): Promise<void>;
  red(): readonly RedStoryView[];
}

export function createScreenWatch(parts: ScreenWatchParts): ScreenWatch {
  const { book, reads, commit, watch, positions, budgetMs, timers, problems, metrics, logger } = parts;
  let stories: Awaited<ReturnType<StoreReads['redStories']>> = [];
  let frozenBefore = 0;
  let looks = 0;
  /** Since when this server runs and a screen has a name, UTC ms. */
  let since: number | null = null;

  async function screens(): Promise<number> {
    book.sample(positions());
    const { byState, named, frozen } = await book.count();
    metrics.screens(byState);
    if (frozen > 0) problems.raise('screen_frozen', 'screens');
    else problems.clear('screen_frozen', 'screens');
    if (frozen > frozenBefore) logger.warn({ frozen }, 'a screen paints nothing new');
    frozenBefore = frozen;
    return named;
  }

  async function redOnes(namedScreens: number): Promise<void> {
    const { trusted, now } = await watch.read();
    stories = await reads.redStories(trusted + FIRE_BELOW_MS);
    since = namedScreens === 0 ? null : (since ?? trusted);
    if (since === null || stories.length === 0) return;
    const rule = { budgetMs: await budgetMs(), since, namedScreens };
    const unshown = stories.filter((story) => isUnshown(story, rule, trusted));
    if (unshown.length === 0) return;
    const called = await fireEarly(commit, unshown, now);
    for (const call of called) {
      metrics.unshownStory();
      logger.warn({ ...call }, 'no screen has painted a red story in time; the next step of the ladder is called');
    }
  }

  async function look(): Promise<void> {
    await redOnes(await screens());
    looks += 1;
    if (looks % FLUSH_EVERY === 0) await book.flush();
  }

  const repetition = createRepetition({
    timers,
    everyMs: LOOK_MS,
    work: look,
    onUnavailable: (error) => logger.error({ code: error.code, error }, 'screens cannot be looked at; trying again'),
  });
  return {
    look,
    run: repetition.run,
    async stop() {
      await repetition.stop();
      // What was heard since the last write; a store that is away loses only how long ago screens were seen.
      await book.flush().catch(() => undefined);
    },
    async painted(screenId, incidentIds, at) {
      const named = new Set(incidentIds);
      const first: readonly StoryRound[] = stories.filter(({ incidentId, paintedAt }) => paintedAt === null && named.has(incidentId));
      if (first.length === 0) return;
      await commit(async (tx) => {
        for (const story of first) await tx.putPainted(story, screenId, at);
      });
      stories = stories.map((story) => (first.includes(story) ? { ...story, paintedAt: at } : story));
    },
    red: () =>
      stories.map((story) => ({
        ...{ incidentId: story.incidentId, code: `A${story.number}`, title: story.title, redSince: redSince(story) },
        ...{ paintedAt: story.paintedAt, calledAt: story.calledAt },
      })),
  };
}
