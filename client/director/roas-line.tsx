/** ROAS as a line that ends in a dot, with the break-even line of the same margin. */
import type { ReactNode } from 'react';

const WIDTH = 110;
const MIDDLE = 7;
/** The scale of all rows: break-even stands at a third of it. */
const BREAK_EVENS = 3;

export function RoasLine({ roas, breakEven }: { readonly roas: number | null; readonly breakEven: number | null }): ReactNode {
  if (roas === null || breakEven === null || breakEven <= 0) return null;
  const at = (value: number): number => Math.min(WIDTH - 5, Math.max(4, (value / (breakEven * BREAK_EVENS)) * WIDTH));
  const end = at(roas);
  return (
    <svg
      className={`roas-line ${roas < breakEven ? 'below' : ''}`}
      viewBox={`0 0 ${WIDTH} 14`}
      width={WIDTH}
      height={14}
      aria-hidden="true"
    >
      <line x1={0} x2={end} y1={MIDDLE} y2={MIDDLE} />
      <circle cx={end} cy={MIDDLE} r={4} />
      <line className="break-even" x1={at(breakEven)} x2={at(breakEven)} y1={0} y2={14} />
    </svg>
  );
}
