/** Provides the age of a panel's data to the frame and the body of the panel. */
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { SceneView } from '../../shared/screens/scenes.ts';
import { durationParts } from '../format/duration.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import { panelAge } from './age.ts';
import type { PanelAge } from './age.ts';
import type { Panel } from './panel.ts';

export const PanelAgeContext = createContext<PanelAge>({ status: 'fresh', ageMs: 0 });

export function usePanelAge(): PanelAge {
  return useContext(PanelAgeContext);
}

/** Subscribes to the visible part of the age: whole minutes while connected, seconds when frozen. */
export function useAgeOf(panel: Pick<Panel<SceneView>, 'streams'>): PanelAge {
  const status = useScreen((screen) => panelAge(panel.streams, screen).status);
  const ageMs = useScreen((screen) => {
    const age = panelAge(panel.streams, screen);
    if (age.status === 'fresh') return 0;
    const step = age.status === 'stale' && age.ageMs >= 60_000 ? 60_000 : 1_000;
    return Math.floor(age.ageMs / step) * step;
  });
  return { status, ageMs };
}

/**
 * 3分06秒前 when frozen, 22分前 when stale, nothing when fresh. Why a stream is stale concerns every panel it feeds, so it is
 * said once, in the head.
 */
export function AgeNote({ narrow = false }: { readonly narrow?: boolean }): ReactNode {
  const { t, age, exactAge } = useWords();
  const { status, ageMs } = usePanelAge();
  if (status === 'fresh') return null;
  const words = status === 'stale' || narrow || durationParts(ageMs).days > 0 ? age(ageMs) : exactAge(ageMs);
  return <p className="panel-age">{t('age.ago', { age: words })}</p>;
}
