/** The end of a list that goes on: how many rows are not shown yet, and a button for the next page. */
import type { ReactNode } from 'react';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import type { MorePages } from './use-more-pages.ts';

interface MoreButtonProps {
  readonly pages: Omit<MorePages<unknown>, 'rows'>;
  /** Rows of the list that are not shown. */
  readonly hidden: number;
}

export function MoreButton({ pages, hidden }: MoreButtonProps): ReactNode {
  const { t } = useWords();
  if (pages.next === null || hidden <= 0) return null;
  return (
    <div className="more">
      {pages.failed && (
        <p className="said-no" role="alert">
          {t('desk.moreFailed')}
        </p>
      )}
      <button type="button" className="secondary" disabled={pages.busy} onClick={pages.more}>
        {pages.busy ? t('desk.loading') : t('desk.more', { count: hidden, figure: fullCount(hidden) })}
      </button>
    </div>
  );
}
