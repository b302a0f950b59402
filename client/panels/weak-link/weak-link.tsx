/** 获客 → 转化 → 留存 against their targets; the stage that is short of the most customers is marked, with the figures that say why. */
import type { CSSProperties, ReactNode } from 'react';
import type { StageRow, WeakLinkGroup } from '../../../shared/wire/views/standup.ts';
import { fullCount, paceShare, percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { NumberLink } from '../../ui/number-link.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './weak-link.css';

/** The end of a bar, as a share of the target; what is beyond it ends there. */
const FULL = 1.2;

export function WeakLinkNote(): ReactNode {
  const { t } = useWords();
  const { stages, weak } = useGroup('standup', 'weakLink');
  if (stages.every(({ attainment }) => attainment === null)) return null;
  return (
    <p className="panel-note">{weak === null ? t('standup.tick') : t('standup.short', { count: Math.max(1, Math.round(weak.short)) })}</p>
  );
}

function Stage({ row, weak }: { readonly row: StageRow; readonly weak: boolean }): ReactNode {
  const { t } = useWords();
  const { attainment, value, target } = row;
  const amber = useAmber(weak, amberRank.figure);
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--share': `${Math.min(1, Math.max(0, (attainment ?? 0) / FULL)) * 100}%`,
    '--goal': `${100 / FULL}%`,
  };
  return (
    <li className={`stage ${weak ? 'marked' : ''} ${amber}`}>
      <span className="stage-name">{t(`standup.stage.${row.stage}`)}</span>
      {attainment === null ? (
        <span className="stage-none">
          {t(`standup.${target === null ? 'noTarget' : value !== null ? 'fewLeads' : row.stage === 'convert' ? 'notSettled' : 'noFigure'}`)}
        </span>
      ) : (
        <span className="stage-track" style={style} />
      )}
      <span className="figure stage-share">
        <NumberLink cell={{ kpi: row.kpi, period: row.period, where: [] }}>
          {attainment === null ? t('number.none') : `${paceShare(attainment)}%`}
        </NumberLink>
      </span>
    </li>
  );
}

/** What is said where no stage is the weak link: which of them reach their targets, and no more than can be told. */
function strongWords(stages: WeakLinkGroup['stages']): 'noWeak' | 'knownHold' | 'hardlyShort' | null {
  const known = stages.flatMap(({ attainment }) => (attainment === null ? [] : [attainment]));
  if (known.length === 0) return null;
  if (known.some((share) => share < 1)) return 'hardlyShort';
  return known.length === stages.length ? 'noWeak' : 'knownHold';
}

/** The weak link's own figures; where none is weak, how the funnel holds. */
function Why({ stages, weak: link }: WeakLinkGroup): ReactNode {
  const { t } = useWords();
  if (link?.stage === 'direct') return <p className="stage-why">{t('standup.why.direct')}</p>;
  const weak = stages.find(({ stage }) => stage === link?.stage);
  if (!weak || weak.value === null || weak.target === null) {
    const words = strongWords(stages);
    return <p className="stage-why">{words && t(`standup.${words}`)}</p>;
  }
  const values =
    weak.unit === 'count'
      ? { value: fullCount(weak.value), target: fullCount(Math.round(weak.target)), sample: fullCount(weak.sample) }
      : {
          value: percent(weak.value),
          target: percent(weak.target),
          sample: fullCount(Math.round(weak.sample * (weak.maturity ?? 1))),
        };
  const text = t(`standup.why.${weak.stage}`, values);
  return (
    <p className="stage-why" title={text}>
      {text}
    </p>
  );
}

export function WeakLinkBody(): ReactNode {
  const { t } = useWords();
  const { stages, weak } = useGroup('standup', 'weakLink');
  if (stages.every(({ target }) => target === null)) {
    return <EmptyNote title={t('standup.noFunnel')} hint={t('standup.noFunnelHint')} href="/settings/targets" />;
  }
  return (
    <div className="weak-link">
      <ol className="stages">
        {stages.map((row) => (
          <Stage key={row.stage} row={row} weak={row.stage === weak?.stage} />
        ))}
      </ol>
      <Why stages={stages} weak={weak} />
    </div>
  );
}
