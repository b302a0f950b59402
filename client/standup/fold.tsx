/** A part of the meeting under a heading; on a phone only the heading is shown until it is tapped. */
import type { ReactNode } from 'react';

export interface FoldProps {
  readonly title: string;
  readonly folded: boolean;
  readonly children: ReactNode;
}

export function Fold({ title, folded, children }: FoldProps): ReactNode {
  if (!folded) {
    return (
      <>
        <h3>{title}</h3>
        {children}
      </>
    );
  }
  return (
    <details className="meeting-fold">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
