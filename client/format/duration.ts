/** Splits durations into parts; the words come from the catalogue. Durations are whole seconds and never negative. */
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
 * The digits of a running clock: 09:36, 1:31:05. Remaining time is rounded up, so that the clock shows
 * 00:00 only when nothing is left; elapsed time is rounded down.
 */
export function clockText(ms: number): string {
  const rounded = ms > 0 ? Math.ceil(ms / 1000) * 1000 : -ms;
  const { days, hours, minutes, seconds } = durationParts(rounded);
  const allHours = days * 24 + hours;
  return allHours > 0 ? `${allHours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

export type AgeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** An age in its largest unit, rounded down, because people want to know roughly how old something is. */
export function coarseAge(ms: number): { readonly unit: AgeUnit; readonly count: number } {
  const parts = durationParts(ms);
  if (parts.days > 0) return { unit: 'days', count: parts.days };
  if (parts.hours > 0) return { unit: 'hours', count: parts.hours };
  if (parts.minutes > 0) return { unit: 'minutes', count: parts.minutes };
  return { unit: 'seconds', count: parts.seconds };
}
