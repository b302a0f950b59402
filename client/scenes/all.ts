/** All scenes with their panels and layouts, by the name that the list of scenes gives them. */
import type { SceneId } from '../../shared/screens/scenes.ts';
import { campaigns } from './campaigns.ts';
import { competitors } from './competitors.ts';
import { funnel } from './funnel.ts';
import { overview } from './overview.ts';
import type { Scene } from './scene.tsx';
import { sentiment } from './sentiment.ts';
import { standup } from './standup.ts';

export const sceneOf: { readonly [S in SceneId]: Scene } = { overview, standup, sentiment, campaigns, funnel, competitors };
