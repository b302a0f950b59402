/** What the HTTP edge may ask of the screens: their reports, their list, their names. */
import { IDENTIFY_MS, SCREENS_MAX } from '../../../shared/screens/screen-limits.ts';
import type { ScreenMessage } from '../../../shared/screens/screen-message.ts';
import type { ClockPort } from '../ports/clock.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { ScreenBook } from '../screens/book.ts';
import type { ScreenWatch } from '../screens/watch.ts';
import type { ScreenService } from './services.ts';

export interface ScreenServiceParts {
  readonly book: ScreenBook;
  readonly watch: Pick<ScreenWatch, 'painted' | 'red'>;
  readonly clock: ClockPort;
  readonly build: string;
  readonly budgetMs: () => Promise<number>;
  /** Sends a connected screen what it is told of itself. */
  readonly tell: (id: string, message: ScreenMessage) => void;
}

const unknown = (): Refusal => refuse(404, 'unknown_screen', 'there is no such screen; GET /api/screens lists those there are');

export function createScreenService({ book, watch, clock, build, budgetMs, tell }: ScreenServiceParts): ScreenService {
  /** Until when a screen shows its name, monotonic ms. */
  const identified = new Map<string, number>();

  function identifies(id: string): boolean {
    const until = identified.get(id);
    if (until === undefined) return false;
    if (until > clock.monotonic()) return true;
    identified.delete(id);
    return false;
  }

  const service: ScreenService = {
    async painted(id, report, receivedAt) {
      const answer = await book.report(id, report, receivedAt);
      if ('refused' in answer) return answer;
      if (report.visible && report.red.length > 0) await watch.painted(id, report.red, receivedAt);
      return { name: answer.name, identify: identifies(id) };
    },
    async list() {
      const [screens, paintBudgetMs] = await Promise.all([book.views(), budgetMs()]);
      return { now: clock.now(), build, screens, total: screens.length, limit: SCREENS_MAX, paintBudgetMs, red: watch.red() };
    },
    async rename(id, { name }) {
      if (!(await book.rename(id, name))) return unknown();
      tell(id, { name, identify: identifies(id) });
      return service.list();
    },
    async identify(id) {
      const name = await book.nameOf(id);
      if (name === undefined) return unknown();
      identified.set(id, clock.monotonic() + IDENTIFY_MS);
      tell(id, { name, identify: true });
      return { name, identify: true };
    },
    async forget(id) {
      identified.delete(id);
      return (await book.forget(id)) ? service.list() : unknown();
    },
    async message(id) {
      const name = await book.nameOf(id);
      return name === undefined ? null : { name, identify: identifies(id) };
    },
  };
  return service;
}
