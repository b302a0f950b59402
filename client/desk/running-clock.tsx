/** A running clock on a desk: shape, time and word, counted by server time. */
import type { ReactNode } from 'react';
import type { ClockView } from '../../shared/incidents/types.ts';
import { clockText } from '../format/duration.ts';
import { useScreen } from '../state/screen-context.tsx';
import { urgencyAt } from '../state/urgency.ts';
import type { Urgency } from '../state/urgency.ts';
import { Octagon, Ring, Triangle } from '../ui/shapes.tsx';

export function useUrgency(clock: ClockView | null): Urgency {
  return useScreen((screen) =>
    clock ? urgencyAt({ dueAt: clock.dueAt, breachedAt: clock.state === 'fired' ? clock.firedAt : null }, screen.now) : 'calm',
  );
}

export function UrgencyShape({ urgency }: { readonly urgency: Urgency }): ReactNode {
  if (urgency === 'calm') return <Ring />;
  return urgency === 'soon' ? <Triangle /> : <Octagon />;
}

export function urgencyKey(urgency: Urgency): 'strip.breached' | 'strip.estimatedFire' | 'strip.estimatedSoon' | 'strip.calm' {
  const keys = { breached: 'strip.breached', fire: 'strip.estimatedFire', soon: 'strip.estimatedSoon', calm: 'strip.calm' } as const;
  return keys[urgency];
}

export function RunningClock({ clock, className = '' }: { readonly clock: ClockView; readonly className?: string }): ReactNode {
  const left = useScreen((screen) => clock.dueAt - screen.now);
  return (
    <span className={`figure ${className}`} role="timer">
      {left <= 0 && '+'}
      {clockText(left)}
    </span>
  );
}
