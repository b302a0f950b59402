/** Lengths of time, split into parts; the words come from the catalogue. Whole seconds, never negative. */
export interface DurationParts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export function durationParts(ms: number): DurationParts {
  const total = Math.max(0, Math.floor(ms / 1000));
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor((total % 86_400) / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/**
 * A running clock: 09:36, 1:31:05. Time left is rounded up, so that it reads 00:00
 * only when nothing is left; time past is rounded down for the same reason.
 */
export function clockText(ms: number): string {
  const rounded = ms > 0 ? Math.ceil(ms / 1000) * 1000 : -ms;
  const { days, hours, minutes, seconds } = durationParts(rounded);
  const allHours = days * 24 + hours;
  return allHours > 0 ? `${allHours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

export type AgeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** An age in its largest unit, rounded down: a person asks “how old”, not for every second of it. */
export function coarseAge(ms: number): { readonly unit: AgeUnit; readonly count: number } {
  const parts = durationParts(ms);
  if (parts.days > 0) return { unit: 'days', count: parts.days };
  if (parts.hours > 0) return { unit: 'hours', count: parts.hours };
  if (parts.minutes > 0) return { unit: 'minutes', count: parts.minutes };
  return { unit: 'seconds', count: parts.seconds };
}
