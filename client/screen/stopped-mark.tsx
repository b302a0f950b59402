/**
 * The mark of a picture whose script stands still: nothing that needs the script can say so. An animation that the browser's
 * compositor runs by itself uncovers the mark; each picture that is drawn puts the animation back to its beginning.
 */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { timeOfDay } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import './stopped-mark.css';

/** A wall that draws has put the animation back at least four times in this time. */
export const STOPPED_AFTER_MS = 20_000;
const EVERY_MS = 5_000;
/** At once: each picture on the way would cost one, and say less. */
const UNCOVER_MS = 1;
/** A layer that is not quite invisible is painted ahead, so that uncovering it needs no script. */
const COVERED = 0.001;

export function StoppedMark(): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const mark = useRef<HTMLDivElement>(null);
  const uncovering = useRef<Animation | null>(null);
  // The effect below runs only after React has drawn the time: a page whose timers run and whose drawing has ended is marked too.
  const drawnAt = useScreen((screen) => Math.floor(screen.now / EVERY_MS) * EVERY_MS);
  useEffect(() => {
    const animation =
      mark.current?.animate([{ opacity: COVERED }, { opacity: 1 }], {
        id: 'stopped-mark',
        delay: STOPPED_AFTER_MS,
        duration: UNCOVER_MS,
        fill: 'both',
      }) ?? null;
    uncovering.current = animation;
    return () => animation?.cancel();
  }, []);
  useEffect(() => {
    if (uncovering.current !== null) uncovering.current.currentTime = 0;
  }, [drawnAt]);
  // The words are no text of the document: nobody reads them while they are covered, and no screen reader speaks them.
  return (
    <div ref={mark} className="stopped-mark" aria-hidden="true" data-words={t('screen.stopped', { time: timeOfDay(drawnAt, timeZone) })} />
  );
}
