import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';

/** An address that is no page of ours says so and leads home. */
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
