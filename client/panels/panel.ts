/** The definition of a panel. Its frame (title, age, look of stale data, error boundary) follows from it. */
import type { ComponentType } from 'react';
import type { PanelId, PanelOfView, SceneView } from '../../shared/screens/scenes.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import type { Views } from '../../shared/wire/views/all.ts';

export type PanelTitle = PanelId | 'leadMoveWeek';

export interface Panel<V extends SceneView> {
  /** The name of the panel, which is also its area in the grid of a scene and the key of its title. */
  readonly id: PanelOfView<V>;
  readonly view: V;
  /** The groups of the view that the panel reads; a panel that failed is drawn again when one of them changes. */
  readonly groups: readonly (keyof Views[V])[];
  /** The streams that its figures come from; the age of the panel is that of the oldest. */
  readonly streams: readonly Stream[];
  readonly Body: ComponentType;
  /** The right-hand side of the title line; when the data are old, the age is shown in its place. */
  readonly Note?: ComponentType;
  /** The key of its title where that depends on what the panel shows; its name without. */
  readonly title?: (view: Partial<Views[V]>) => PanelTitle;
  /** True for a panel half a lane wide, whose age is said in fewer words. */
  readonly narrow?: boolean;
  /** The name of a turn that it shares with panels that show the same figure, so that no frame shows two values of it. */
  readonly turn?: string;
  /** True if the body shows the title and the age itself. */
  readonly untitled?: boolean;
  /** The page that its title leads to, for whoever is at the wall; every panel with a title has one. */
  readonly page?: string;
  /** True for one that stands without rule and space, and takes no room while its body draws nothing or has not come. */
  readonly bare?: boolean;
}
