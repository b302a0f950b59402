/** The scenes there are, each with its panels and its layout, by the name the list of scenes gives it. */
import type { SceneId } from '../../shared/screens/scenes.ts';
import { competitors } from './competitors.ts';
import { overview } from './overview.ts';
import type { Scene } from './scene.tsx';

export const sceneOf: { readonly [S in SceneId]: Scene } = { overview, competitors };
