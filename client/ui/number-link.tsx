/** A figure of a panel that leads to the page of its number: on a phone a tap opens it. It looks like the figure alone. */
import type { ReactNode } from 'react';
import { numberAddress, type CellQuery } from '../format/kpi.ts';

export function NumberLink({ cell, children }: { readonly cell: CellQuery; readonly children: ReactNode }): ReactNode {
  return (
    <a className="number-link" href={numberAddress(cell)}>
      {children}
    </a>
  );
}
