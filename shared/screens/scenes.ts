/**
 * The scenes of the wall, in the order they are shown: what server and pages both need to know. `GET /api/screens/views`
 * answers it, pages take their routes, their subscription, their titles and their panels from it.
 * A new scene is an entry here, its view, and its file in client/scenes.
 */
import type { ViewName } from '../wire/views/all.ts';

interface SceneFacts {
  /** Its address is /wall/<id>; its title is the word `scene.<id>`. */
  readonly id: string;
  /** The view its page subscribes to. */
  readonly view: ViewName;
  /** In reading order; each is a folder of client/panels and a word `panel.<id>`. */
  readonly panels: readonly string[];
}

export const scenes = [
  {
    id: 'overview',
    view: 'overview',
    panels: ['sentence', 'today', 'hours', 'attainment', 'channels', 'campaigns', 'competitors', 'sentiment', 'promises'],
  },
  { id: 'standup', view: 'standup', panels: ['sentence', 'goals', 'kept', 'weakLink', 'items', 'owed', 'since'] },
  { id: 'sentiment', view: 'sentiment', panels: ['nearest', 'calls', 'pulse', 'heat', 'spread'] },
  { id: 'campaigns', view: 'campaigns', panels: ['returns', 'windowShare', 'runs'] },
  { id: 'funnel', view: 'funnel', panels: ['stages', 'gap', 'cohorts', 'costs'] },
  { id: 'competitors', view: 'competitors', panels: ['leadMove', 'voice', 'rivals', 'prices'] },
] as const satisfies readonly SceneFacts[];

type SceneEntry = (typeof scenes)[number];
export type SceneId = SceneEntry['id'];
/** Views that scenes show; each of them holds the strip. */
export type SceneView = SceneEntry['view'];
export type ViewOf<S extends SceneId> = Extract<SceneEntry, { id: S }>['view'];
export type PanelOf<S extends SceneId> = Extract<SceneEntry, { id: S }>['panels'][number];
export type PanelId = SceneEntry['panels'][number];
/** Panels of the scenes that show a view. */
export type PanelOfView<V extends SceneView> = Extract<SceneEntry, { view: V }>['panels'][number];

/** In the order of the list; the keys 1, 2, 3 … of a wall follow it. */
export const sceneIds: readonly SceneId[] = scenes.map(({ id }) => id);

export const scenePath = (id: SceneId): string => `/wall/${id}`;
