/**
 * The board as it was: the views of the wall over the store and the ledger as they were at a moment, with a clock that stands.
 * A view takes everything through `ViewParts`, so every scene can be looked back on without code of its own. A group whose
 * reads touch what is kept only as it is now is left out and named.
 */
import type { Board } from '../../../shared/screens/board.ts';
import { scenes, type SceneView } from '../../../shared/screens/scenes.ts';
import { BOARD_DAYS } from '../../../shared/wire/constants.ts';
import { groupsOf } from '../../../shared/wire/views/all.ts';
import type { Workspace } from '../../../shared/wire/workspace.ts';
import { DAY_MS } from '../../domain/time/calendar.ts';
import { createAnomalyWatch, type AnomalyWatch, type AnomalyWatchParts } from '../anomalies/watch.ts';
import type { ClockPort } from '../ports/clock.ts';
import { Unavailable } from '../ports/errors.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import { Untold, type BoardService, type Moment, type PastReads } from '../ports/past.ts';
import type { StoreReads } from '../ports/reads.ts';
import { refuse } from '../ports/refusal.ts';
import { createPastSums } from './past-sums.ts';
import type { View } from './view.ts';
import { createViews } from './views/all.ts';

export interface BoardParts extends Pick<AnomalyWatchParts, 'calendar' | 'nodesOf' | 'yieldIfDue'> {
  readonly past: PastReads;
  readonly ledger: Pick<LedgerReads, 'ask'>;
  readonly clock: ClockPort;
  /** UTC ms of the store's making. */
  readonly workspaceSince: number;
  readonly workspace: () => Promise<Workspace>;
}

/** Boards that wait for their turn; more are refused, so that a row of screens that look back cannot pile up work. */
const WAITING_MOST = 6;
/** A board that is not done by then is given up: its reader has long moved on. */
const BUDGET_MS = 20_000;
const KEPT_MOST = 40;
/** What was known then does not change; what is known now may, and so may the minute that is being written. */
const KEPT_MS = 300_000;
const KEPT_SHORT_MS = 10_000;
const WRITTEN_MS = 60_000;
/** What is usual on a day is learnt once a day, here as on the live wall. */
const WATCHES_MOST = 4;

interface Kept {
  readonly board: Promise<Board>;
  readonly until: number;
}

export function createBoardService(parts: BoardParts): BoardService {
  const { past, ledger, calendar, nodesOf, clock, workspaceSince } = parts;
  const kept = new Map<string, Kept>();
  const watches = new Map<string, AnomalyWatch>();
  let waiting = 0;
  /** Set while a board is made; boards are made one after another. */
  let standing: (Moment & { readonly reads: StoreReads }) | undefined;
  const here = (): Moment & { readonly reads: StoreReads } => {
    if (standing === undefined) throw new Error('no board is being made');
    return standing;
  };
  const sums = createPastSums(ledger, here);

  function watchOf({ at, known }: Moment): AnomalyWatch {
    const key = `${known} ${calendar.dayOf(at)}`;
    const watch =
      watches.get(key) ?? createAnomalyWatch({ ...parts, ledger: sums, reads: { policies: () => here().reads.policies() }, clock });
    watches.delete(key);
    watches.set(key, watch);
    for (const oldest of watches.keys()) if (watches.size > WATCHES_MOST) watches.delete(oldest);
    return watch;
  }

  async function stateOf<V extends SceneView>(view: V, moment: Moment, reads: StoreReads): Promise<Pick<Board, 'state' | 'notKept'>> {
    const until = clock.monotonic() + BUDGET_MS;
    const stands: ClockPort = { now: () => moment.at, monotonic: () => clock.monotonic() };
    standing = { ...moment, reads };
    try {
      const found: View<V> = createViews({ reads, sums, anomalies: watchOf(moment), calendar, nodesOf, clock: stands })[view];
      const state: Record<string, unknown> = {};
      const notKept: Board['notKept'] = [];
      for (const group of found.groups) {
        if (clock.monotonic() > until)
          throw new Unavailable('board_timeout', `the board was not done within ${BUDGET_MS / 1_000} s; ask again`);
        try {
          state[String(group)] = await found.read(group);
        } catch (error) {
          if (!(error instanceof Untold)) throw error;
          notKept.push({ group: String(group), reason: 'not_kept' });
        }
      }
      return { state, notKept };
    } finally {
      standing = undefined;
    }
  }

  async function make(view: SceneView, moment: Moment): Promise<Board> {
    const about = { at: iso(moment.at), known: moment.known, view, now: iso(clock.now()), workspace: await parts.workspace() };
    if (moment.known === 'then' && moment.at < workspaceSince) {
      return { ...about, state: {}, notKept: groupsOf(view).map((group) => ({ group, reason: 'before_workspace' })) };
    }
    return { ...about, ...(await past.at(moment, (reads) => stateOf(view, moment, reads))) };
  }

  return {
    async at({ view, at, known }) {
      const shown = scenes.find((scene) => scene.view === view)?.view;
      if (shown === undefined) {
        const names = scenes.map((scene) => scene.view).join(', ');
        return refuse(404, 'unknown_view', `no scene of the wall shows such a view; there are: ${names}`);
      }
      const now = clock.now();
      if (at > now) return refuse(400, 'future', `${iso(at)} is in the future; it is ${iso(now)} now`, { path: 'at' });
      if (at < now - BOARD_DAYS * DAY_MS) {
        const detail = `${iso(at)} is more than ${BOARD_DAYS} days ago; the board can be seen back to ${iso(now - BOARD_DAYS * DAY_MS)}`;
        return refuse(400, 'too_long_ago', detail, { path: 'at' });
      }
      const key = JSON.stringify([shown, at, known]);
      const ready = kept.get(key);
      if (ready && ready.until > clock.monotonic()) return ready.board;
      if (waiting >= WAITING_MOST)
        throw new Unavailable('overloaded', 'many boards of earlier moments are being made; ask again in a few seconds');
      waiting += 1;
      const made = make(shown, { at, known }).finally(() => (waiting -= 1));
      const settled = known === 'then' && now - at > WRITTEN_MS;
      kept.delete(key);
      kept.set(key, { board: made, until: clock.monotonic() + (settled ? KEPT_MS : KEPT_SHORT_MS) });
      made.catch(() => kept.get(key)?.board === made && kept.delete(key));
      for (const oldest of kept.keys()) if (kept.size > KEPT_MOST) kept.delete(oldest);
      return made;
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
