/** The definition of a scene: its panels, as its entry in the list of scenes names them, and the places of the panels at three widths. */
import { Fragment } from 'react';
import type { ComponentType, CSSProperties, ReactNode } from 'react';
import type { PanelOf, SceneId, SceneView, ViewOf } from '../../shared/screens/scenes.ts';
import { scenes } from '../../shared/screens/scenes.ts';
import { PanelFrame } from '../panels/panel-frame.tsx';
import type { Panel } from '../panels/panel.ts';

/** `lane` is a third of a wall, half of a tablet, the whole of a phone; `half` is half of that. Numbers are px of the 1920×1080 drawing; `fr` are shares of what is left. */
type Column = 'lane' | 'half' | 'rest';
type Row = number | `${number}fr` | 'rest' | 'auto';

export interface Grid<P extends string> {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** One string for each row with one panel for each column; a panel named in neighbouring places spans them. */
  readonly areas: readonly (readonly P[])[];
}

export interface SceneParts<S extends SceneId> {
  readonly panels: { readonly [P in PanelOf<S>]: Panel<ViewOf<S>> & { readonly id: P } };
  /** The layouts for a wall, for a tablet or a small desk, and for a phone. */
  readonly wide: Grid<PanelOf<S>>;
  readonly two: Grid<PanelOf<S>>;
  readonly one: Grid<PanelOf<S>>;
  /** Draws the panels, or something in the place of all of them. */
  readonly around?: ComponentType<{ readonly children: ReactNode }>;
}

export interface Scene {
  readonly id: SceneId;
  readonly view: SceneView;
  /** The custom properties from which panel.css takes the layout of each width. */
  readonly layout: CSSProperties;
  readonly draw: () => ReactNode;
  /** The groups of the view that each panel reads. */
  readonly groups: readonly { readonly panel: string; readonly groups: readonly string[] }[];
}

const column = (width: Column): string => (width === 'rest' ? 'minmax(0, 1fr)' : `var(--${width})`);
const row = (height: Row): string =>
  typeof height === 'number'
    ? `calc(${height} * var(--u))`
    : height === 'auto'
      ? height
      : `minmax(0, ${height === 'rest' ? '1fr' : height})`;

function properties(name: string, grid: Grid<string>): Record<string, string> {
  return {
    [`--${name}-columns`]: grid.columns.map(column).join(' '),
    [`--${name}-rows`]: grid.rows.map(row).join(' '),
    [`--${name}-areas`]: grid.areas.map((line) => `'${line.join(' ')}'`).join(' '),
  };
}

export function defineScene<S extends SceneId>(id: S, { panels, wide, two, one, around: Around = Fragment }: SceneParts<S>): Scene {
  const facts = scenes.find((scene) => scene.id === id);
  if (!facts) throw new Error(`no scene ${id}`);
  const shown: readonly Panel<ViewOf<S>>[] = facts.panels.map((panel) => panels[panel as PanelOf<S>]);
  return {
    id,
    view: facts.view,
    layout: { ...properties('wide', wide), ...properties('two', two), ...properties('one', one) },
    groups: shown.map(({ id: panel, groups }) => ({ panel, groups: groups.map(String) })),
    draw: () => (
      <Around>
        {shown.map((panel) => (
          <PanelFrame key={panel.id} panel={panel} />
        ))}
      </Around>
    ),
  };
}
