/** The last four moves of tracked competitors, newest first. */
import type { ReactNode } from 'react';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { daysAgo, hourMinute, timeOfDay } from '../../format/instant.ts';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { moveWord } from './move-word.ts';
import './competitors.css';

const MOST = 4;

function When({ at }: { readonly at: number }): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const ago = useScreen((screen) => daysAgo(at, screen.now, timeZone));
  const said = ago <= 0 ? hourMinute(at, timeZone) : ago === 1 ? t('competitors.yesterday') : t('competitors.daysAgo', { count: ago });
  return (
    <time className="move-when" dateTime={new Date(at).toISOString()} title={timeOfDay(at, timeZone)}>
      {said}
    </time>
  );
}

function Move({ row }: { readonly row: MoveRow }): ReactNode {
  const { t } = useWords();
  const what = row.before !== null && row.after !== null ? `${row.before}→${row.after}` : row.title;
  return (
    <li className="move" title={row.title}>
      <When at={row.at} />
      <span className="move-who">{row.competitor}</span>
      <span className="move-kind">{t(`competitors.${moveWord(row)}`)}</span>
      <span className="move-what">{what}</span>
      {row.change !== null ? (
        <span className="figure move-change">
          {row.change < 0 ? '↓' : '↑'} {percent(Math.abs(row.change))}%
        </span>
      ) : (
        row.impact === 'high' && <span className="move-change">{t('competitors.high')}</span>
      )}
    </li>
  );
}

export function CompetitorsBody(): ReactNode {
  const { t } = useWords();
  const moves = useGroup('overview', 'competitors');
  if (moves.length === 0) return <EmptyNote title={t('competitors.empty')} hint={t('competitors.emptyHint')} />;
  return (
    <ol className="moves">
      {moves.slice(0, MOST).map((row) => (
        <Move key={row.moveId} row={row} />
      ))}
    </ol>
  );
}
