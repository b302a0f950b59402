/** The end of a list with more pages: the number of rows that are not shown, and a button for the next page. */
import type { ReactNode } from 'react';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import type { MorePages } from './use-more-pages.ts';

interface MoreButtonProps {
  readonly pages: Omit<MorePages<unknown>, 'rows'>;
  /** The number of rows that are not shown. */
  readonly hidden: number;
}

export function MoreButton({ pages, hidden }: MoreButtonProps): ReactNode {
  const { t } = useWords();
  if (pages.next === null || hidden <= 0) return null;
  return (
    <div className="more">
      {pages.failed && (
        <p className="outcome-failed" role="alert">
          {t('desk.moreFailed')}
        </p>
      )}
      <button type="button" className="secondary" disabled={pages.busy} onClick={pages.more}>
        {pages.busy ? t('desk.loading') : t('desk.more', { count: hidden, figure: fullCount(hidden) })}
      </button>
    </div>
  );
}
