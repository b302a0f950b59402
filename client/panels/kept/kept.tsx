/** What became of the promises that fell due since the last workday, with the names of those that were not kept. */
import type { CSSProperties, ReactNode } from 'react';
import type { KeptGroup } from '../../../shared/wire/views/standup.ts';
import { fullCount } from '../../format/scale.ts';
import { figureWidthEm, textWidth } from '../../format/text-width.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { useDayName } from '../day-name.ts';
import './kept.css';

/** Widths and sizes in px of the 1920×1080 drawing: the lane, the gaps within it, the words, and the largest figure. */
const LANE = 576;
const GAPS = 60;
const NAME = 44;
const MOST = 80;

/** “昨天” or “上周五以来”: the last workday, by its name where it is not the calendar's yesterday. */
function useSinceWords(): (since: Pick<KeptGroup, 'since' | 'adjacent'>) => string {
  const { t } = useWords();
  const name = useDayName();
  return ({ since, adjacent }) => (adjacent ? t('standup.yesterday') : t('standup.sinceDay', { day: name(since) }));
}

export function KeptNote(): ReactNode {
  const { t } = useWords();
  const words = useSinceWords();
  const kept = useGroup('standup', 'kept');
  if (kept.due === 0) return null;
  const fell = { since: words(kept), count: kept.due, open: kept.open };
  return <p className="panel-note">{t(kept.open > 0 ? 'standup.fellDueUnsaid' : 'standup.fellDue', fell)}</p>;
}

function Names({ kept }: { readonly kept: KeptGroup }): ReactNode {
  const { t } = useWords();
  const [first] = kept.rows;
  if (!first) return <p className="kept-names">{t('standup.allKept')}</p>;
  const named = kept.rows.filter(({ state }) => state === first.state);
  const text = named.map(({ who, title }) => `${who} ${title}`).join(t('standup.between'));
  const left = (first.state === 'missed' ? kept.missed : first.state === 'moved' ? kept.moved : kept.open) - named.length;
  return (
    <p className="kept-names" title={isolated(text)}>
      <span className="kept-which">{t(`standup.named.${first.state}`)}</span>
      <span className="kept-list">
        <OutsideText>{text}</OutsideText>
      </span>
      {left > 0 && <span className="kept-more">{t('standup.more', { count: left })}</span>}
    </p>
  );
}

export function KeptBody(): ReactNode {
  const { t } = useWords();
  const words = useSinceWords();
  const kept = useGroup('standup', 'kept');
  const amber = useAmber(kept.missed > 0, amberRank.figure);
  if (kept.due === 0) return <EmptyNote title={t('standup.nothingDue', { since: words(kept) })} hint={t('standup.nothingDueHint')} />;
  const figures = [
    { name: t('standup.kept'), count: kept.kept, marked: false },
    { name: t('standup.missed'), count: kept.missed, marked: kept.missed > 0 },
    { name: t('standup.moved'), count: kept.moved, marked: false },
  ];
  const names = figures.reduce((sum, { name }) => sum + textWidth(name), 0) * NAME;
  const digits = figures.reduce((sum, { count }) => sum + figureWidthEm(fullCount(count)), 0);
  const style: CSSProperties & Record<`--${string}`, number> = { '--size': Math.min(MOST, Math.floor((LANE - names - GAPS) / digits)) };
  return (
    <div className="kept">
      <ul className="kept-figures" style={style}>
        {figures.map(({ name, count, marked }) => (
          <li key={name} className={marked ? `marked ${amber}` : ''}>
            <span className="figure">{fullCount(count)}</span> <span className="kept-name">{name}</span>
          </li>
        ))}
      </ul>
      <Names kept={kept} />
    </div>
  );
}
