/** What a panel is. The frame around it (title, age, stale look, error boundary) follows from this. */
import type { ComponentType } from 'react';
import type { PanelOfView, SceneView } from '../../shared/screens/scenes.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import type { Views } from '../../shared/wire/views/all.ts';

export interface Panel<V extends SceneView> {
  /** Also its area in the grid of its scene and its title's key. */
  readonly id: PanelOfView<V>;
  readonly view: V;
  /** Groups it reads; a panel that failed is drawn again when one of them changes. */
  readonly groups: readonly (keyof Views[V])[];
  /** Streams its figures come from; the oldest gives the panel its age. */
  readonly streams: readonly Stream[];
  readonly Body: ComponentType;
  /** Right-hand side of the title line; makes way for the age when the data are old. */
  readonly Note?: ComponentType;
  /** Half a lane: its age is said in fewer words. */
  readonly narrow?: boolean;
  /** The body is its own title and shows its age itself. */
  readonly untitled?: boolean;
}
