/** The page of a scene by its name. Panels and charts are loaded with this file, so desks do not load them. */
import type { ReactNode } from 'react';
import type { SceneId } from '../../shared/screens/scenes.ts';
import { sceneOf } from './all.ts';
import { ScenePage } from './frame/scene-page.tsx';

export function WallPage({ id }: { readonly id: SceneId }): ReactNode {
  return <ScenePage scene={sceneOf[id]} />;
}
