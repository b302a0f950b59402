/** Where the most urgent story stands: its platforms, and how many mentions of each came in the last quarter of an hour. */
import type { CSSProperties, ReactNode } from 'react';
import type { SpreadRow } from '../../../shared/wire/views/sentiment.ts';
import { isolated } from '../../format/outside.ts';
import { scaled } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './spread.css';

/** Fewer new mentions than this are not marked. */
const LEAST_MARKED = 5;

export function SpreadNote(): ReactNode {
  const { t, scale } = useWords();
  const { story, total } = useGroup('sentiment', 'spread');
  const { figure, unit } = scaled(total, scale);
  if (story === null) return total === 0 ? null : <p className="panel-note">{t('spread.calmNote')}</p>;
  return <p className="panel-note">{t('spread.note', { figure: figure + unit })}</p>;
}

interface RowProps {
  readonly name: string;
  readonly row: Pick<SpreadRow, 'mentions' | 'recent'>;
  readonly most: number;
  readonly marked: boolean;
}

function Platform({ name, row, most, marked }: RowProps): ReactNode {
  const { scale } = useWords();
  const { figure, unit } = scaled(row.mentions, scale);
  const amber = useAmber(marked, amberRank.figure);
  const style: CSSProperties & Record<`--${string}`, string> = { '--share': `${(row.mentions / most) * 100}%` };
  const recent = row.recent === null ? null : scaled(row.recent, scale);
  return (
    <li className={`place ${marked ? 'fast' : ''} ${amber}`}>
      <span className="place-name" title={isolated(name)}>
        <OutsideText>{name}</OutsideText>
      </span>
      <span className="place-bar" style={style} />
      <span className="figure place-count">
        {figure}
        {unit}
      </span>
      <span className="figure place-recent">
        {marked && <Peak />}
        {recent && ` ${row.recent === 0 ? '0' : `+${recent.figure}${recent.unit}`}`}
      </span>
    </li>
  );
}

export function SpreadBody(): ReactNode {
  const { t } = useWords();
  const { rows, rest } = useGroup('sentiment', 'spread');
  if (rows.length === 0) return <EmptyNote title={t('spread.empty')} hint={t('spread.emptyHint')} />;
  const most = Math.max(1, ...rows.map(({ mentions }) => mentions));
  const fastest = Math.max(...rows.map(({ recent }) => recent ?? 0));
  return (
    <ol className="places">
      {rows.map((row) => (
        <Platform
          key={row.platform}
          name={row.platform || t('spread.noPlatform')}
          row={row}
          most={most}
          marked={fastest >= LEAST_MARKED && row.recent === fastest}
        />
      ))}
      {rest && (
        <Platform
          name={t('spread.rest', { count: rest.platforms })}
          row={{ mentions: rest.mentions, recent: null }}
          most={Math.max(most, rest.mentions)}
          marked={false}
        />
      )}
    </ol>
  );
}
