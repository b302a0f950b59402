import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';

/** The page shown in place of one that cannot be drawn. `detail` is the message of the error, for the administrator. */
export function BrokenPage({ detail }: { readonly detail: string }): ReactNode {
  const { t } = useWords();
  return (
    <main className="full-page" role="alert">
      <p className="full-product">{t('product')}</p>
      <h1>{t('page.broken')}</h1>
      <p>{t('page.brokenDetail')}</p>
      <code>{detail}</code>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        {t('page.reload')}
      </button>
    </main>
  );
}
