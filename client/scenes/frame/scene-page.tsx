/** The page of one scene. Before the first snapshot it says what it waits for; afterwards the last figures stay, with their age. */
// This style sheet comes before all other imports, because the style sheets of panels and head override it.
import './wall.css';
import '../../panels/panel.css';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { ScreenProvider } from '../../screen/screen-provider.tsx';
import { useWakeLock } from '../../screen/use-wake-lock.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import type { Scene } from '../scene.tsx';
import { Strip } from './strip.tsx';
import { WallHead } from './wall-head.tsx';
import './motion.css';
import './reflow.css';

function Wall({ scene }: { readonly scene: Scene }): ReactNode {
  useWakeLock();
  const { t } = useWords();
  const phase = useScreen((screen) => screen.phase);
  const ready = useScreen((screen) => screen.workspace !== null && screen.views[scene.view] !== undefined);
  const panels = useMemo(() => scene.draw(), [scene]);
  if (!ready) return <Waiting />;
  return (
    <div className="wall" data-phase={phase} data-scene={scene.id} data-ready="true">
      <WallHead scene={scene.id} />
      <main className="lanes" style={scene.layout} aria-label={t(`scene.${scene.id}`)}>
        {panels}
      </main>
      <Strip view={scene.view} />
    </div>
  );
}

export function ScenePage({ scene }: { readonly scene: Scene }): ReactNode {
  return (
    <ScreenProvider view={scene.view}>
      <Wall scene={scene} />
    </ScreenProvider>
  );
}
