/** The note in an empty panel: that there are no data, and which events would fill it. */
import type { ReactNode } from 'react';

export function EmptyNote({ title, hint }: { readonly title: string; readonly hint: string }): ReactNode {
  return (
    <div className="empty-note">
      <p className="empty-title">{title}</p>
      <p className="empty-hint">{hint}</p>
    </div>
  );
}
