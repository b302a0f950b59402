/** Which stage costs most of the missing customers, and what each stage adds to the gap. */
import type { CSSProperties, ReactNode } from 'react';
import type { GapGroup } from '../../../shared/wire/views/funnel.ts';
import { fullCount } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { vars } from '../../ui/vars.ts';
import './gap.css';

const whole = (count: number): string => fullCount(Math.round(Math.abs(count)));

/** What is missing is told as a minus, what is more than planned as a plus. */
function signed(missing: number): string {
  const rounded = Math.round(missing);
  if (rounded === 0) return '0';
  return rounded > 0 ? `−${whole(missing)}` : `+${whole(missing)}`;
}

export function GapNote(): ReactNode {
  const { t } = useWords();
  const link = useGroup('funnel', 'gap');
  if (link === null) return null;
  const rounded = Math.round(link.missing);
  const words = rounded === 0 ? t('funnel.onPlan') : t(rounded > 0 ? 'funnel.missing' : 'funnel.more', { count: whole(link.missing) });
  return <p className="panel-note">{words}</p>;
}

/** The zero of all bars is one line; what is missing reaches to the left of it. */
function bars({ parts }: GapGroup): (missing: number) => CSSProperties {
  const most = Math.max(1, ...parts.map(({ missing }) => missing));
  const least = Math.max(1, ...parts.map(({ missing }) => -missing));
  const at = (missing: number): number => ((most - missing) / (most + least)) * 100;
  return (missing) =>
    vars({
      '--zero': `${at(0)}%`,
      '--from': `${Math.min(at(0), at(missing))}%`,
      '--length': `${Math.abs(at(missing) - at(0))}%`,
    });
}

export function GapBody(): ReactNode {
  const { t } = useWords();
  const link = useGroup('funnel', 'gap');
  const amber = useAmber((link?.weakest ?? null) !== null, amberRank.figure, 1);
  if (link === null) return <EmptyNote title={t('funnel.noTargets')} hint={t('funnel.noTargetsHint')} href="/settings/targets" />;
  const style = bars(link);
  const weakest = link.parts.find(({ stage }) => stage === link.weakest);
  return (
    <div className="gap-panel">
      <p className="gap-headline">
        {weakest ? (
          <>
            <Peak down />
            {t('funnel.costsMost', { stage: t(`funnel.${weakest.stage}`), count: whole(weakest.missing) })}
          </>
        ) : (
          t('funnel.noWeak')
        )}
      </p>
      <ol className="gap-parts">
        {link.parts.map(({ stage, missing, held }) => (
          <li key={stage} className={`gap-part ${stage === link.weakest ? `weakest ${amber}` : ''}`}>
            <span className="gap-name">{t(`funnel.${stage}`)}</span>
            <span className="gap-track" style={style(held ? missing : 0)} aria-hidden="true">
              <span className="zero" />
              {held && <span className="done" />}
            </span>
            {held ? <span className="figure gap-count">{signed(missing)}</span> : <span className="gap-none">{t('funnel.notHeld')}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
