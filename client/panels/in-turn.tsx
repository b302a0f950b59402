/** What a wall draws in its turn: a panel, or the later part of a panel that is too much for one frame. */
import { useContext, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { SceneView } from '../../shared/screens/scenes.ts';
import { ScreenContext } from '../state/screen-context.tsx';
import type { ScreenStore } from '../state/screen-store.ts';
import { stageStore, type MayLag } from '../state/staged-store.ts';
import { TurnsContext, type PanelTurns } from '../state/turns-context.tsx';

interface InTurnProps {
  readonly screen: ScreenStore;
  readonly turns: PanelTurns;
  readonly view: SceneView;
  /** Those of one name have their turn together. */
  readonly turn: string;
  readonly mayLag?: MayLag;
  readonly children: ReactNode;
}

/** What is drawn in its turn is in the page when the turn ends, so that the next one sees what it took. */
export function InTurn({ screen, turns, view, turn, mayLag, children }: InTurnProps): ReactNode {
  const judge = useRef(mayLag);
  judge.current = mayLag;
  const [{ store, take, follow }] = useState(() => stageStore(screen, view, (next, held) => judge.current?.(next, held) ?? true));
  useEffect(() => {
    const leave = turns.join(view, store);
    const run = (): void => flushSync(take);
    const stop = follow(() => turns.ask(`${view} ${turn}`, run));
    return () => {
      stop();
      leave();
    };
  }, [view, turn, store, take, follow, turns]);
  return <ScreenContext value={store}>{children}</ScreenContext>;
}

/**
 * The later part of a panel: it takes in new figures in a frame after the rest of its panel. Children that are memoised are not
 * drawn in the frame of the rest.
 */
export function LaterPart({ view, turn, mayLag, children }: Pick<InTurnProps, 'view' | 'turn' | 'mayLag' | 'children'>): ReactNode {
  const screen = useContext(ScreenContext);
  const turns = useContext(TurnsContext);
  if (turns === null || screen === null) return children;
  return <InTurn {...{ screen, turns, view, turn, children, ...(mayLag && { mayLag }) }} />;
}
