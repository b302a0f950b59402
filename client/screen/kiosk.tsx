/**
 * The wall as a kiosk, and what lies over its picture: the dim light of the night, its name when somebody
 * asks for it, and the mark of a picture that stands still.
 */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { isWithin, minuteOf } from '../../shared/screens/rotation.ts';
import { IDENTIFY_MS, screenCode } from '../../shared/screens/screen-limits.ts';
import { hourMinute } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { isFire, stripOf } from '../state/fire.ts';
import { useScreen } from '../state/screen-context.tsx';
import type { Screen } from '../state/screen-store.ts';
import { screenIdentity } from '../wire/screen-identity.ts';
import { loadAwayGlyphs } from './away-glyphs.ts';
import { keepShell } from './shell.ts';
import { StoppedMark } from './stopped-mark.tsx';
import { useKiosk } from './use-kiosk.ts';
import { usePaintReport } from './use-paint-report.ts';
import { usePixelShift } from './use-pixel-shift.ts';
import { useWatchdog } from './use-watchdog.ts';
import './kiosk.css';

/** How dark the night is now, 0 to 1. A red story that nobody has claimed is shown in full light. */
export function darknessOf({ workspace, now, views }: Pick<Screen, 'workspace' | 'now' | 'views'>): number {
  const dim = workspace?.wall.dim ?? null;
  if (workspace === null || dim === null || isFire(stripOf({ views }), now)) return 0;
  return isWithin(dim, minuteOf(hourMinute(now, workspace.timeZone))) ? 1 - dim.level : 0;
}

function Dim(): ReactNode {
  const darkness = useScreen(darknessOf);
  return darkness > 0 && <div className="wall-dim" aria-hidden="true" style={{ opacity: darkness }} />;
}

function Identity(): ReactNode {
  const { t } = useWords();
  const self = useScreen((screen) => screen.self);
  const [shown, setShown] = useState(false);
  const asked = self?.identify === true;
  // Each message is an object of its own, so a second request shows the name for another ten seconds.
  useEffect(() => {
    setShown(asked);
    if (!asked) return undefined;
    const timer = window.setTimeout(() => setShown(false), IDENTIFY_MS);
    return () => window.clearTimeout(timer);
  }, [asked, self]);
  if (!shown) return null;
  const code = screenCode(screenIdentity().id);
  return (
    <div className="wall-identity" role="status">
      <strong>{self?.name ?? t('screen.unnamed')}</strong>
      <p>{t('screen.code', { code })}</p>
    </div>
  );
}

export interface KioskProps {
  /** The scene in sight, and its view. */
  readonly scene: string;
  readonly view: keyof Screen['views'];
}

export function Kiosk({ scene, view }: KioskProps): ReactNode {
  useKiosk();
  usePixelShift();
  useWatchdog();
  usePaintReport(scene, view);
  useEffect(loadAwayGlyphs, []);
  useEffect(keepShell, []);
  return (
    <>
      <Dim />
      <Identity />
      <StoppedMark />
    </>
  );
}
