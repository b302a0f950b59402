/** How a part of a page looks without its content: loading, empty, failed; and how it says that its content is old. */
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Asked, AskFault } from './use-asked.ts';

export function Loading({ rows = 3 }: { readonly rows?: number }): ReactNode {
  const { t } = useDeskWords();
  return (
    <div role="status" aria-label={t('kit.loading')}>
      <Skeleton active={false} title={false} paragraph={{ rows }} />
    </div>
  );
}

export function Empty({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      {hint !== undefined && <p>{hint}</p>}
      {children}
    </div>
  );
}

/** The words for why a question had no answer. */
export function useFaultWords(): (fault: AskFault) => string {
  const { t } = useDeskWords();
  return (fault) => {
    if (fault.outcome === 'unreachable') return t('kit.unreachable');
    if (fault.problem.code === 'changed_meanwhile') return t('kit.changedMeanwhile');
    return fault.problem.code === 'not_found' ? t('kit.notThere') : fault.problem.detail;
  };
}

export function Failed({ fault, again }: { readonly fault: AskFault; readonly again: () => void }): ReactNode {
  const { t } = useDeskWords();
  const words = useFaultWords();
  return (
    <Alert
      type="error"
      showIcon={false}
      title={t('kit.failed')}
      description={words(fault)}
      action={
        <Button size="small" onClick={again}>
          {t('kit.retry')}
        </Button>
      }
    />
  );
}

/** Draws the value of an answer, or the state in its place; an old value stays, with a word that it is old. */
export function Answered<T>({
  asked,
  rows,
  children,
}: {
  readonly asked: Asked<T>;
  readonly rows?: number;
  readonly children: (value: T) => ReactNode;
}): ReactNode {
  const { t } = useDeskWords();
  const words = useFaultWords();
  const { value, fault, again } = asked;
  if (value === null) return fault ? <Failed fault={fault} again={again} /> : <Loading {...(rows === undefined ? {} : { rows })} />;
  return (
    <>
      {fault && (
        <p className="old-word" role="status">
          {t('kit.old', { why: words(fault) })}
          <Button size="small" type="link" onClick={again}>
            {t('kit.retry')}
          </Button>
        </p>
      )}
      {children(value)}
    </>
  );
}
