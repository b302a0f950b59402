/** The first line of a page: its name, what belongs beside it, and what can be done with the whole page. */
import type { ReactNode } from 'react';

export interface PageTitleProps {
  readonly title: ReactNode;
  /** Words under the title. */
  readonly note?: ReactNode;
  /** Choices that decide what the page shows. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageTitle({ title, note, children, actions }: PageTitleProps): ReactNode {
  return (
    <div className="page-title">
      <div className="page-title-line">
        <h1>{title}</h1>
        {children}
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {note !== undefined && <p className="page-note">{note}</p>}
    </div>
  );
}

/** A part of a page with its heading; `id` is where links within the page lead. */
export function Section({ id, title, note, actions, children }: PageTitleProps & { readonly id?: string }): ReactNode {
  return (
    <section className="part" id={id}>
      <div className="part-head">
        <h2>{title}</h2>
        {note !== undefined && <p className="part-note">{note}</p>}
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
