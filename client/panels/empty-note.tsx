/** The note in an empty panel: that there are no data, and which events or settings would fill it. */
import type { ReactNode } from 'react';

interface EmptyNoteProps {
  readonly title: string;
  readonly hint: string;
  /** The page that leads to what is missing. */
  readonly href?: string;
}

export function EmptyNote({ title, hint, href }: EmptyNoteProps): ReactNode {
  return (
    <div className="empty-note">
      <p className="empty-title">{title}</p>
      <p className="empty-hint">{href === undefined ? hint : <a href={href}>{hint}</a>}</p>
    </div>
  );
}
