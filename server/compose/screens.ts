/** The screens of a workspace: what is known of them, who looks at them, and what may be asked. */
import { createScreenBook } from '../pipeline/screens/book.ts';
import { createScreenWatch, type ScreenWatch, type ScreenWatchParts } from '../pipeline/screens/watch.ts';
import { createScreenService, type ScreenServiceParts } from '../pipeline/services/screens.ts';
import type { ScreenService } from '../pipeline/services/services.ts';
import type { StoreReads } from '../pipeline/ports/reads.ts';
import type { Foundation } from './foundation.ts';

interface Parts extends Pick<ScreenWatchParts, 'commit' | 'watch' | 'problems' | 'positions'>, Pick<ScreenServiceParts, 'tell'> {
  readonly reads: StoreReads;
}

export function composeScreens(
  { clock, timers, metrics, logger, build }: Pick<Foundation, 'clock' | 'timers' | 'metrics' | 'logger' | 'build'>,
  { reads, commit, watch: ownClock, problems, positions, tell }: Parts,
): { readonly watch: ScreenWatch; readonly service: ScreenService } {
  const book = createScreenBook({ reads, commit, clock });
  const budgetMs = async (): Promise<number> => (await reads.policies()).wall.paintBudgetMs;
  const watch = createScreenWatch({ book, reads, commit, watch: ownClock, positions, budgetMs, timers, problems, metrics, logger });
  return { watch, service: createScreenService({ book, watch, clock, build, budgetMs, tell }) };
}
