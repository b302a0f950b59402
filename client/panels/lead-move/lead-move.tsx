/** The headline of the scene: the most important competitor move of today, else of the last seven days. */
import type { ReactNode } from 'react';
import { percent } from '../../format/scale.ts';
import { figureWidthEm } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { MoveWhen } from '../move-when.tsx';
import { arrowOf, moveWord } from '../move-word.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './lead-move.css';

/** A price is set as large as a change of price where it is no longer than this. */
const PRICE_ROOM_EM = 4.2;

export function LeadMoveBody(): ReactNode {
  const { t } = useWords();
  const lead = useGroup('competitors', 'leadMove');
  const moved = useGroup('competitors', 'rivals').lanes.some(({ total }) => total > 0);
  if (lead === null) return <EmptyNote title={t('rivals.quiet')} hint={moved ? t('rivals.quietHint') : t('rivals.noMovesHint')} />;
  const { move } = lead;
  // What is new has a price and none before it.
  const price = move.before === null && move.after !== null && figureWidthEm(move.after) <= PRICE_ROOM_EM ? move.after : null;
  return (
    <div className="lead-move">
      <p className="lead-who" title={isolated(move.competitor)}>
        <strong>
          <OutsideText>{move.competitor}</OutsideText>
        </strong>{' '}
        {t(`competitors.${moveWord(move)}`)}
      </p>
      {move.change === null ? (
        price !== null && (
          <p className="figure lead-change">
            <OutsideText>{price}</OutsideText>
          </p>
        )
      ) : (
        <p className="figure lead-change">
          {arrowOf(move.change)}
          {percent(Math.abs(move.change))}
          <span className="unit">%</span>
        </p>
      )}
      <div className="lead-story">
        <p className="lead-title two-lines" title={isolated(move.title)}>
          <OutsideText>{move.title}</OutsideText>
        </p>
        {move.before !== null && move.after !== null && (
          <p className="figure lead-prices">
            <OutsideText>{move.before}</OutsideText> → <OutsideText>{move.after}</OutsideText>
          </p>
        )}
        <p className="lead-note">
          <MoveWhen at={move.at} />
          {move.impact === 'high' && ` · ${t('competitors.high')}`}
        </p>
      </div>
    </div>
  );
}
