/** An empty group says that it is empty and what would fill it. */
import type { ReactNode } from 'react';

export function EmptyNote({ title, hint }: { readonly title: string; readonly hint: string }): ReactNode {
  return (
    <div className="empty-note">
      <p className="empty-title">{title}</p>
      <p className="empty-hint">{hint}</p>
    </div>
  );
}
