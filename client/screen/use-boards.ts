/** Asks for both boards of a moment, and keeps the last ones on the page while the next ones come. */
import { useEffect, useState } from 'react';
import type { Board } from '../../shared/screens/board.ts';
import type { SceneView } from '../../shared/screens/scenes.ts';
import type { Views } from '../../shared/wire/views/all.ts';
import { ask, type Problem } from '../wire/ask.ts';

/** The board as known then, and as known now. */
export const sides = ['before', 'after'] as const;
export type Side = (typeof sides)[number];
/** As the server and the address call it. */
export const knownOf = (side: Side): 'then' | 'now' => (side === 'before' ? 'then' : 'now');

export interface BoardOf<V extends SceneView> extends Omit<Board, 'state'> {
  readonly state: Partial<Views[V]>;
}
export interface Boards<V extends SceneView> {
  readonly at: number;
  /** The clock of the server, which decides what is in the future; that of the screen may be wrong. UTC ms. */
  readonly now: () => number;
  readonly before: BoardOf<V>;
  readonly after: BoardOf<V>;
}
export interface Asked<V extends SceneView> {
  /** The last ones that came; null before the first. */
  readonly boards: Boards<V> | null;
  readonly state: 'loading' | 'ready' | 'unreachable';
  readonly refused: Problem | null;
}

/** Whoever drags the slider passes many minutes; the one it rests on is asked for. */
const REST_MS = 180;
const AGAIN_MS = 5_000;
const PATIENCE_MS = 40_000;

export function useBoards<V extends SceneView>(view: V, at: number): Asked<V> {
  const [asked, setAsked] = useState<Asked<V>>({ boards: null, state: 'loading', refused: null });
  useEffect(() => {
    const ended = new AbortController();
    let timer = 0;
    const later = (ms: number): void => {
      timer = window.setTimeout(() => void look(), ms);
    };
    async function look(): Promise<void> {
      const query = (side: Side) => new URLSearchParams({ at: new Date(at).toISOString(), known: knownOf(side) }).toString();
      const [before, after] = await Promise.all(
        sides.map((side) =>
          ask<BoardOf<V>>(`/api/screens/views/${view}?${query(side)}`, { signal: ended.signal, patienceMs: PATIENCE_MS }),
        ),
      );
      if (ended.signal.aborted || !before || !after) return;
      if (before.outcome === 'ok' && after.outcome === 'ok') {
        const told = Date.parse(before.value.now) - performance.now();
        const now = () => told + performance.now();
        setAsked({ boards: { at, now, before: before.value, after: after.value }, state: 'ready', refused: null });
        return;
      }
      const refused = [before, after].find((answer) => answer.outcome === 'refused');
      if (refused?.outcome === 'refused') setAsked((last) => ({ ...last, state: 'ready', refused: refused.problem }));
      else {
        setAsked((last) => ({ ...last, state: 'unreachable', refused: null }));
        later(AGAIN_MS);
      }
    }
    setAsked((last) => ({ ...last, state: 'loading', refused: null }));
    later(REST_MS);
    return () => {
      window.clearTimeout(timer);
      ended.abort();
    };
  }, [view, at]);
  return asked;
}
