/**
 * The wall: head, the scene in sight, strip. Before the first figures it says what it waits for; afterwards the last figures
 * stay, with their age.
 */
// This style sheet comes before all other imports, because the style sheets of panels and head override it.
import './wall.css';
import '../../panels/panel.css';
import { lazy, memo, Suspense, useCallback, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import { setLanguage } from '../../i18n/setup.ts';
import { useWords } from '../../i18n/use-words.ts';
import { loadLate } from '../../screen/late-part.ts';
import { useWakeLock } from '../../screen/use-wake-lock.ts';
import { AmberContext, createAmberBook } from '../../state/amber.tsx';
import { useScreen } from '../../state/screen-context.tsx';
import { TurnsContext, withPanels, type PanelTurns } from '../../state/turns-context.tsx';
import { createTurns } from '../../state/turns.ts';
import { Waiting } from '../../ui/waiting.tsx';
import { sceneOf } from '../all.ts';
import { MomentBand } from '../heard/moment-band.tsx';
import { useAlarms } from '../heard/use-alarms.ts';
import { Strip } from './strip.tsx';
import { useCurtain } from './use-curtain.ts';
import { useHandheld } from './use-handheld.ts';
import { useInUse } from './use-in-use.ts';
import { useShown } from './use-shown.ts';
import { useWallKeys } from './use-wall-keys.ts';
import { WallHead } from './wall-head.tsx';
import { WallNav } from './wall-nav.tsx';
import './motion.css';
import './reflow.css';

/** A wall is drawn before it becomes a kiosk. Not even a red story keeps it from being loaded anew where it did not: the kiosk proves that the story is seen. */
const Kiosk = lazy(async () => ({ default: (await loadLate(() => import('../../screen/kiosk.tsx'))).Kiosk }));

const Lanes = memo(function Lanes({ id, behind }: { readonly id: SceneId; readonly behind: boolean }): ReactNode {
  const { t } = useWords();
  const scene = sceneOf[id];
  const book = useContext(AmberContext);
  return (
    <main className="lanes" style={scene.layout} aria-label={t(`scene.${id}`)} data-behind={behind ? '' : undefined} inert={behind}>
      <AmberContext value={behind ? null : book}>{scene.draw()}</AmberContext>
    </main>
  );
});

export interface WallProps {
  /** The scene that a person or the address chose. */
  readonly pin: SceneId | null;
  readonly choose: (pin: SceneId | null) => void;
}

function Shown({ pin, choose }: WallProps): ReactNode {
  // A page held in the hand does not change under the thumb.
  const handheld = useHandheld();
  const { scene: wanted, why } = useShown(pin ?? (handheld ? 'overview' : null));
  const { front, back } = useCurtain(wanted);
  const phase = useScreen((screen) => screen.phase);
  const inUse = useInUse();
  const { language } = useWords();
  const switchLanguage = useCallback(() => setLanguage(language === 'en' ? 'zh-CN' : 'en'), [language]);
  useAlarms();
  useWallKeys({ shown: wanted, pin, choose, switchLanguage });
  if (front === null) return <Waiting />;
  const mounted = [front, back].filter((id) => id !== null).toSorted();
  return (
    <>
      <Suspense fallback={null}>
        <Kiosk scene={front} view={sceneOf[front].view} />
      </Suspense>
      <div className="wall" data-phase={phase} data-scene={front} data-why={why} data-in-use={inUse ? '' : undefined} data-ready="true">
        <WallHead scene={front} why={why} />
        {mounted.map((id) => (
          <Lanes key={id} id={id} behind={id !== front} />
        ))}
        <Strip view={sceneOf[front].view} />
        <MomentBand />
        {(inUse || handheld) && <WallNav {...{ shown: front, pin, choose, switchLanguage, handheld }} />}
      </div>
    </>
  );
}

function usePageTurns(): PanelTurns {
  const [turns] = useState(() =>
    withPanels(
      createTurns({
        frame: (run) => void window.requestAnimationFrame(run),
        clock: () => performance.now(),
        hidden: () => document.hidden,
      }),
    ),
  );
  // Whoever waits for a frame would wait as long as the page is hidden, and be in the first picture as it was.
  useEffect(() => {
    document.addEventListener('visibilitychange', turns.flush);
    return () => document.removeEventListener('visibilitychange', turns.flush);
  }, [turns]);
  return turns;
}

export function Wall(props: WallProps): ReactNode {
  useWakeLock();
  const [book] = useState(createAmberBook);
  const turns = usePageTurns();
  const welcomed = useScreen((screen) => screen.workspace !== null);
  return welcomed ? (
    <AmberContext value={book}>
      <TurnsContext value={turns}>
        <Shown {...props} />
      </TurnsContext>
    </AmberContext>
  ) : (
    <Waiting />
  );
}
