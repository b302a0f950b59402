/** The end of a list with more pages: the number of rows that are not shown, and a button for the next page. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { MorePages } from './use-more-pages.ts';

interface MoreButtonProps {
  readonly pages: Omit<MorePages<unknown>, 'rows'>;
  /** The number of rows that are not shown. */
  readonly hidden: number;
}

export function MoreButton({ pages, hidden }: MoreButtonProps): ReactNode {
  const { t } = useDeskWords();
  if (pages.next === null || hidden <= 0) return null;
  return (
    <div className="more-rows">
      {pages.failed && (
        <p className="field-fault" role="alert">
          {t('pr.moreFailed')}
        </p>
      )}
      <Button size="small" loading={pages.busy} onClick={pages.more}>
        {t('pr.more', { figure: fullCount(hidden) })}
      </Button>
    </div>
  );
}
