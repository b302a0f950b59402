/** A running clock on a desk: shape, time and word, counted by server time. A breach has a shape and words of its own. */
import type { ReactNode } from 'react';
import type { ClockView } from '../../shared/incidents/types.ts';
import { clockText } from '../format/duration.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import type { Urgency } from '../state/urgency.ts';
import { Octagon, Ring, Triangle } from '../ui/shapes.tsx';
import { clockUrgency } from './story-fields.ts';

export function useUrgency(clock: ClockView | null): Urgency {
  return useScreen((screen) => (clock ? clockUrgency(clock, screen.now) : 'calm'));
}

/** A square with a bar: the time is up. No other state has it. */
function Stopped(): ReactNode {
  return (
    <svg className="shape stopped" viewBox="0 0 64 64" aria-hidden="true">
      <path className="outline" d="M4 4h56v56H4z" />
      <path className="inner" d="M14 27h36v10H14z" />
    </svg>
  );
}

export function UrgencyShape({ urgency }: { readonly urgency: Urgency }): ReactNode {
  if (urgency === 'breached') return <Stopped />;
  if (urgency === 'calm') return <Ring />;
  return urgency === 'soon' ? <Triangle /> : <Octagon />;
}

export function useUrgencyWord(): (urgency: Urgency) => string {
  const { t } = useDeskWords();
  return (urgency) => t(`pr.urgency.${urgency}`);
}

/** The time left; once it is over, how late it is, in words: 迟 1 分 37 秒. */
export function RunningClock({ clock, className = '' }: { readonly clock: ClockView; readonly className?: string }): ReactNode {
  const { t, exactAge } = useDeskWords();
  const left = useScreen((screen) => clock.dueAt - screen.now);
  const late = left <= 0;
  return (
    <span className={`figure ${late ? 'late' : ''} ${className}`} role="timer">
      {late ? t('pr.late', { age: exactAge(-left) }) : clockText(left)}
    </span>
  );
}
