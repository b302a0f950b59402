/** The last four moves of tracked competitors, newest first. */
import type { ReactNode } from 'react';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { MoveWhen } from '../move-when.tsx';
import { arrowOf, moveWord } from '../move-word.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './competitors.css';

function Move({ row }: { readonly row: MoveRow }): ReactNode {
  const { t } = useWords();
  const priced = row.before !== null && row.after !== null;
  return (
    <li className="move" title={isolated(row.title)}>
      <MoveWhen at={row.at} />
      <span className="move-who">
        <OutsideText>{row.competitor}</OutsideText>
      </span>
      <span className="move-kind">{t(`competitors.${moveWord(row)}`)}</span>
      {priced ? (
        // The product comes before its prices: without it nobody knows what became cheaper. It is cut before they are.
        <span className="move-what priced">
          {row.product !== null && (
            <span className="move-product">
              <OutsideText>{row.product}</OutsideText>
            </span>
          )}
          <span className="move-prices">
            <OutsideText>{`${row.before}→${row.after}`}</OutsideText>
          </span>
        </span>
      ) : (
        <span className="move-what">
          <OutsideText>{row.title}</OutsideText>
        </span>
      )}
      {row.change !== null ? (
        <span className="figure move-change">
          {arrowOf(row.change)} {percent(Math.abs(row.change))}%
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
      {moves.map((row) => (
        <Move key={row.moveId} row={row} />
      ))}
    </ol>
  );
}
