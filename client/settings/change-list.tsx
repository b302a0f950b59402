/** What saving would change, in words, before anything is saved. */
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Change } from './changes.ts';

/** More lines than this are counted: a pasted list may change a thousand words. */
const MOST_LINES = 60;

export interface ChangeListProps {
  readonly changes: readonly Change[];
  /** Whether closed periods take the change too. */
  readonly restates?: boolean;
  /** What else is to be known of the change, in words. */
  readonly note?: string | undefined;
}

export function ChangeList({ changes, restates = false, note }: ChangeListProps): ReactNode {
  const { t } = useDeskWords();
  const words = (change: Change): string =>
    change.kind === 'changed' || change.kind === 'overruled'
      ? t(`settings.${change.kind}`, { what: change.what, before: change.before, after: change.after })
      : t(`settings.${change.kind}`, { what: change.what });
  return (
    <div className="change-list" role="status">
      <h3>{t('settings.previewTitle')}</h3>
      {changes.length === 0 ? (
        <p>{t('settings.nothing')}</p>
      ) : (
        <ul>
          {changes.slice(0, MOST_LINES).map((change) => (
            <li key={`${change.kind} ${change.what}`}>{words(change)}</li>
          ))}
          {changes.length > MOST_LINES && <li>{t('settings.moreChanges', { count: changes.length - MOST_LINES })}</li>}
        </ul>
      )}
      {note !== undefined && <p>{note}</p>}
      {restates && <p className="save-failed">{t('settings.restates')}</p>}
    </div>
  );
}
