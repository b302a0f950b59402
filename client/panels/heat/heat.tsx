/** Keyword heat: how much of it is negative, and against the mean of the seven days before. */
import type { CSSProperties, ReactNode } from 'react';
import type { HeatRow } from '../../../shared/wire/views/sentiment.ts';
import { isolated } from '../../format/outside.ts';
import { fullCount, scaled } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { alarming, timesText } from './alarming.ts';
import './heat.css';

export function HeatNote(): ReactNode {
  const { t } = useWords();
  const { rows, total } = useGroup('sentiment', 'heat');
  if (rows.length === 0) return null;
  const more = total > rows.length ? ` · ${t('heat.more', { shown: rows.length, total: fullCount(total) })}` : '';
  return (
    <p className="panel-note">
      {t('heat.note')}
      {more}
    </p>
  );
}

function Keyword({ row, most, marked }: { readonly row: HeatRow; readonly most: number; readonly marked: boolean }): ReactNode {
  const { t, scale } = useWords();
  const { figure, unit } = scaled(row.mentions, scale);
  const amber = useAmber(marked, amberRank.figure);
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--all': `${(row.mentions / most) * 100}%`,
    '--negative': `${(row.negative / Math.max(1, row.mentions)) * 100}%`,
  };
  const times = row.usual === null ? '' : row.usual === 0 ? t('heat.new') : timesText(row.mentions / row.usual);
  return (
    <li className={`hot ${marked ? 'loud' : ''} ${amber}`}>
      <span className="hot-name" title={isolated(row.keyword)}>
        <OutsideText>{row.keyword}</OutsideText>
      </span>
      <span className="hot-bar" style={style} />
      <span className="figure hot-count">
        {figure}
        {unit}
      </span>
      <span className="figure hot-times">{times}</span>
    </li>
  );
}

export function HeatBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('sentiment', 'heat');
  if (rows.length === 0) return <EmptyNote title={t('keywords.empty')} hint={t('keywords.emptyHint')} />;
  const most = Math.max(1, ...rows.map(({ mentions }) => mentions));
  const marked = alarming(rows);
  return (
    <ol className="hots">
      {rows.map((row) => (
        <Keyword key={row.keyword} row={row} most={most} marked={row.keyword === marked} />
      ))}
    </ol>
  );
}
