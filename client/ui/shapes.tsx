/**
 * Shapes that repeat the meaning of colour and word: crossed block = the deadline is over, octagon = fire, triangle = soon
 * or stale, ring = in time, dot = fresh, cross = failed. Grades of severity have a mark of their own each: dot, square,
 * triangle, octagon.
 */
import type { ReactNode } from 'react';
import type { Grade } from '../../shared/incidents/grades.ts';
import type { Urgency } from '../state/urgency.ts';

interface ShapeProps {
  readonly hollow?: boolean;
  readonly className?: string;
}

export function Octagon({ hollow = false, className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape octagon ${hollow ? 'hollow' : 'full'} ${className}`} viewBox="0 0 64 64" aria-hidden="true">
      <path className="outline" d="M20 4h24l16 16v24L44 60H20L4 44V20z" />
      <path className="inner" d="M28.5 15h7l-1.4 23h-4.2zM32 42.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8z" />
    </svg>
  );
}

/** The deadline is over: no sign of warning any more. */
export function Block({ hollow = false, className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape block ${hollow ? 'hollow' : 'full'} ${className}`} viewBox="0 0 64 64" aria-hidden="true">
      <path className="outline" d="M6 6h52v52H6z" />
      <path className="inner" d="M20 20l24 24M44 20L20 44" />
    </svg>
  );
}

const gradePaths = {
  blue: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z',
  yellow: 'M3 3h14v14H3z',
  orange: 'M10 2l9 16H1z',
  red: 'M6 1h8l5 5v8l-5 5H6l-5-5V6z',
} as const satisfies Readonly<Record<Grade, string>>;
export function GradeMark({ grade }: { readonly grade: Grade }): ReactNode {
  return (
    <svg className={`shape grade ${grade}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={gradePaths[grade]} />
    </svg>
  );
}

export function Triangle({ hollow = false, className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape triangle ${hollow ? 'hollow' : 'full'} ${className}`} viewBox="0 0 64 64" aria-hidden="true">
      <path className="outline" d="M32 7l28 49H4z" />
      <path className="inner" d="M28.8 24h6.4l-1.2 17h-4zM32 44.2a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2z" />
    </svg>
  );
}

/** A small solid triangle, the mark within a line of text. */
export function Peak({ down = false, className = '' }: { readonly down?: boolean; readonly className?: string }): ReactNode {
  return (
    <svg className={`shape peak ${className}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={down ? 'M1 3h18l-9 15z' : 'M10 2l9 15H1z'} />
    </svg>
  );
}

export function Ring({ className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape ring ${className}`} viewBox="0 0 64 64" aria-hidden="true">
      <circle cx="32" cy="32" r="24" />
    </svg>
  );
}

export function Dot(): ReactNode {
  return (
    <svg className="shape" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
    </svg>
  );
}

/** Done. */
export function Tick(): ReactNode {
  return (
    <svg className="shape" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 11l2.6-2.8 4 3.8L16 3.6 18.4 6 8.7 16.8z" />
    </svg>
  );
}

/** An empty dot: nothing has arrived yet. */
export function Hole(): ReactNode {
  return (
    <svg className="shape hole" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="7" />
    </svg>
  );
}

export function Cross({ className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape cross ${className}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 2l16 16M18 2L2 18" />
    </svg>
  );
}

/** Done, and in time. */
export function Check({ className = '' }: ShapeProps): ReactNode {
  return (
    <svg className={`shape check ${className}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 11l5 6L18 4" />
    </svg>
  );
}

/** What comes next. */
export function Play(): ReactNode {
  return (
    <svg className="shape" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M4 2l14 8-14 8z" />
    </svg>
  );
}

/** Where a clock stands. */
export function UrgencyShape({ urgency, hollow }: { readonly urgency: Urgency; readonly hollow: boolean }): ReactNode {
  if (urgency === 'calm') return <Ring />;
  if (urgency === 'breached') return <Block hollow={hollow} />;
  return urgency === 'soon' ? <Triangle hollow={hollow} /> : <Octagon hollow={hollow} />;
}
