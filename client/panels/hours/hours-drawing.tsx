/** The drawing of today by the hour: the like day as a thin step, bars from zero, the plan as a line. Words stand around it. */
import type { ReactNode } from 'react';
import type { HourBehind } from '../../state/hours-behind.ts';
import type { HourBar, HoursRange } from './hour-bars.ts';

interface DrawingProps {
  readonly bars: readonly HourBar[];
  readonly plan: readonly number[] | null;
  readonly ghost: readonly (number | null)[] | null;
  /** Hours that are far behind their plan, where they are marked. */
  readonly behind: readonly HourBehind[];
  readonly range: HoursRange;
  readonly label: string;
}

const HOURS = 24;
/** Height of the drawing in its own units; the width is in hours. */
const TALL = 100;
/** Of an hour: free on either side of a bar. */
const GAP = 0.08;

export function HoursDrawing({ bars, plan, ghost, behind, range, label }: DrawingProps): ReactNode {
  const y = (value: number): number => round(TALL * (1 - (value - range.min) / (range.max - range.min)));
  const steps = (line: readonly (number | null)[]): string =>
    line.map((value, hour) => `${hour === 0 ? 'M' : 'L'}${hour} ${y(value ?? 0)}H${hour + 1}`).join('');
  const block = (hour: number, from: number, to: number) => ({
    x: hour + GAP,
    width: 1 - 2 * GAP,
    y: Math.min(y(from), y(to)),
    height: Math.abs(y(from) - y(to)),
  });
  return (
    <svg className="hours-drawing" viewBox={`0 0 ${HOURS} ${TALL}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {ghost && <path className="hours-ghost" d={steps(ghost)} />}
      {bars.map(({ hour, amount, projected }) => (
        <g key={hour}>
          <rect className="hours-bar" {...block(hour, 0, amount)} />
          {projected !== null && <rect className="hours-projected" {...block(hour, amount, projected)} />}
        </g>
      ))}
      {behind.map(({ hour, amount, plan: planned }) => (
        <rect key={`behind ${hour}`} className="hours-behind" {...block(hour, amount, planned)} />
      ))}
      <path className="hours-zero" d={`M0 ${y(0)}H${HOURS}`} />
      {plan && <path className="hours-plan" d={steps(plan)} />}
    </svg>
  );
}

const round = (value: number): number => Number(value.toFixed(2));
