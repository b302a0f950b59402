/** `/`: the 总览 scene. Before the first numbers it says what it waits for; afterwards the last truth stays, with its age. */
// Before everything it imports: the files beside panels and head refine it.
import './wall.css';
import '../../panels/panel.css';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { overviewPanels } from '../../panels/catalogue.ts';
import { PanelFrame } from '../../panels/panel-frame.tsx';
import { ScreenProvider } from '../../screen/screen-provider.tsx';
import { useScreen } from '../../state/screen-context.tsx';
import { useWakeLock } from '../../screen/use-wake-lock.ts';
import { Strip } from './strip.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { WallHead } from './wall-head.tsx';
import './motion.css';
import './reflow.css';

function Scene(): ReactNode {
  useWakeLock();
  const { t } = useWords();
  const phase = useScreen((screen) => screen.phase);
  const ready = useScreen((screen) => screen.workspace !== null && screen.views.overview !== undefined);
  if (!ready) return <Waiting />;
  return (
    <div className="wall" data-phase={phase} data-ready="true">
      <WallHead />
      <main className="lanes" aria-label={t('scene.overview')}>
        {overviewPanels.map((panel) => (
          <PanelFrame key={panel.id} panel={panel} />
        ))}
      </main>
      <Strip />
    </div>
  );
}

export function OverviewPage(): ReactNode {
  return (
    <ScreenProvider view="overview">
      <Scene />
    </ScreenProvider>
  );
}
