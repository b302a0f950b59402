/** The turns of a wall's panels, and how far the slowest of them has come. */
import { createContext } from 'react';
import type { Position } from '../../shared/wire/protocol.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import type { ScreenStore } from './screen-store.ts';
import type { Turns } from './turns.ts';

export interface PanelTurns extends Turns {
  /** A panel is drawn from this store until the returned function is called. */
  join(view: ViewName, store: ScreenStore): () => void;
  /** The oldest revision of a view that a panel stands at; null where no panel of it is drawn. */
  drawn(view: ViewName): Position | null;
}

export function withPanels(turns: Turns): PanelTurns {
  const panels = new Set<{ readonly view: ViewName; readonly store: ScreenStore }>();
  return {
    ...turns,
    join: (view, store) => {
      const panel = { view, store };
      panels.add(panel);
      return () => panels.delete(panel);
    },
    drawn: (view) => {
      let oldest: Position | null = null;
      for (const panel of panels) {
        const position = panel.view === view ? panel.store.getState().positions[view] : undefined;
        if (position !== undefined && (oldest === null || position.revision < oldest.revision)) oldest = position;
      }
      return oldest;
    },
  };
}

/** Without turns, as on desks and on the board as it was, a panel is drawn with the screen. */
export const TurnsContext = createContext<PanelTurns | null>(null);
