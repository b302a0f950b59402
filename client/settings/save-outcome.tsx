/** What became of saving a form: it was saved, or why not. */
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';

/** @param refused the server's words; null where it refused nothing */
export function SaveOutcome({ saved, refused }: { readonly saved: boolean; readonly refused: string | null }): ReactNode {
  const { t } = useDeskWords();
  return (
    <>
      {saved && (
        <p className="save-outcome" role="status">
          {t('settings.saved')}
        </p>
      )}
      {refused !== null && (
        <p className="save-failed" role="alert">
          {t('settings.refused')} · {refused}
        </p>
      )}
    </>
  );
}
