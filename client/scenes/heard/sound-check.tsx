/**
 * Tries whether this screen may be heard, when somebody sets it up: a tone, then a spoken line, then what came of it. What came
 * of it is remembered, so that a screen nobody tried says so to whoever stands at it; it says nothing to the room.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { say, tone } from './sound.ts';

const KEPT = 'warroom.sound';
const outcomes = ['untried', 'works', 'noVoice', 'silent'] as const;
type Outcome = (typeof outcomes)[number];

function kept(): Outcome {
  try {
    return outcomes.find((outcome) => outcome === localStorage.getItem(KEPT)) ?? 'untried';
  } catch {
    return 'untried';
  }
}

function keep(outcome: Outcome): void {
  try {
    localStorage.setItem(KEPT, outcome);
  } catch {
    // Without storage the screen is tried again after its next load.
  }
}

export function SoundCheck(): ReactNode {
  const { t, language } = useWords();
  const [outcome, setOutcome] = useState(kept);
  const run = async (): Promise<void> => {
    const heard = await tone();
    const spoken = say(t('wall.say.check'), language);
    const next = !heard ? 'silent' : spoken ? 'works' : 'noVoice';
    keep(next);
    setOutcome(next);
  };
  return (
    <button type="button" onClick={() => void run()}>
      {t(`wall.sound.${outcome}`)}
    </button>
  );
}
