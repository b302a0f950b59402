/** What campaign days sold as a share of the quarter (K16), against the share that is asked for. */
import type { ReactNode } from 'react';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { Money } from '../../ui/money.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './window-share.css';

export function WindowShareNote(): ReactNode {
  const { sales } = useGroup('campaigns', 'windowShare');
  return (
    <p className="panel-note">
      <strong className="window-sales">
        <Money minor={sales} />
      </strong>
    </p>
  );
}

export function WindowShareBody(): ReactNode {
  const { t } = useWords();
  const { sales, toDate, ofToDate, target, ofTarget, required, before } = useGroup('campaigns', 'windowShare');
  if (sales === 0 && before === null) return <EmptyNote title={t('runs.window.none')} hint={t('runs.window.noneHint')} />;
  return (
    <dl className="window-share">
      <div className="window-line first">
        <dt>
          {target === null ? (
            t('runs.window.noTarget')
          ) : (
            <>
              {t('runs.window.ofTarget')} <Money minor={target} />
            </>
          )}
        </dt>
        <dd className="figure">
          {ofTarget === null ? t('number.none') : percent(ofTarget)}
          {ofTarget !== null && <span className="unit">%</span>}
        </dd>
      </div>
      <div className="window-line">
        <dt>
          {t('runs.window.ofToDate')} <Money minor={toDate} />
        </dt>
        <dd className="figure">{ofToDate === null ? t('number.none') : `${percent(ofToDate)}%`}</dd>
      </div>
      <div className="window-line">
        {required !== null && <dt>{t('runs.window.required', { share: percent(required, 0) })}</dt>}
        {before && <dd>{t('runs.window.before', { quarter: before.quarter.slice(-2), share: percent(before.share) })}</dd>}
      </div>
    </dl>
  );
}
