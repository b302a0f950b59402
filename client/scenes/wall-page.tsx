/** The page of a scene by its name; panels and charts are fetched with this file, so that desks do without them. */
import type { ReactNode } from 'react';
import type { SceneId } from '../../shared/screens/scenes.ts';
import { sceneOf } from './all.ts';
import { ScenePage } from './frame/scene-page.tsx';

export function WallPage({ id }: { readonly id: SceneId }): ReactNode {
  return <ScenePage scene={sceneOf[id]} />;
}
