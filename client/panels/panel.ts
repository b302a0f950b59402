/** What a panel is. The frame around it (title, age, stale look, error boundary) follows from this. */
import type { ComponentType } from 'react';
import type { Stream } from '../../shared/wire/freshness.ts';
import type { OverviewGroup } from '../../shared/wire/views/overview.ts';

export const panelIds = ['today', 'hours', 'attainment', 'channels', 'campaigns', 'competitors', 'sentiment', 'keywords'] as const;
export type PanelId = (typeof panelIds)[number];

export interface Panel {
  /** Also its place in the grid (panel.css) and its title's key. */
  readonly id: PanelId;
  /** Groups it reads; a panel that failed is drawn again when one of them changes. */
  readonly groups: readonly OverviewGroup[];
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
