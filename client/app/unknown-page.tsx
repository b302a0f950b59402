import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';

/** Shown for an address without a page; it links to the first page. */
export function UnknownPage({ path }: { readonly path: string }): ReactNode {
  const { t } = useWords();
  return (
    <main className="full-page">
      <p className="full-product">{t('product')}</p>
      <h1>{t('page.unknown')}</h1>
      <p>{t('page.unknownDetail', { path })}</p>
      <a className="button" href="/">
        {t('page.home')}
      </a>
    </main>
  );
}
