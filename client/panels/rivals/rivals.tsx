/** One lane for each tracked competitor: its newest two moves and the number of its moves in 30 days. */
import type { ReactNode } from 'react';
import type { RivalLane } from '../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { MoveWhen } from '../move-when.tsx';
import { arrowOf, moveWord } from '../move-word.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './rivals.css';

export function RivalsNote(): ReactNode {
  const { t } = useWords();
  return <p className="panel-note">{t('rivals.window')}</p>;
}

function RivalMove({ move }: { readonly move: MoveRow }): ReactNode {
  const { t } = useWords();
  return (
    <div className="rival-move">
      <p className="rival-title" title={isolated(move.title)}>
        <OutsideText>{move.title}</OutsideText>
      </p>
      <p className="rival-detail">
        <MoveWhen at={move.at} /> {t(`competitors.${moveWord(move)}`)}
        {move.change !== null && (
          <span className="figure rival-change">
            {arrowOf(move.change)} {percent(Math.abs(move.change))}%
          </span>
        )}
      </p>
    </div>
  );
}

function Lane({ lane }: { readonly lane: RivalLane }): ReactNode {
  const { t } = useWords();
  return (
    <li className="rival">
      <div className="rival-who">
        <p className="rival-name" title={isolated(lane.competitor)}>
          <OutsideText>{lane.competitor}</OutsideText>
        </p>
        <p className="rival-detail">{t('rivals.moves', { count: lane.total })}</p>
      </div>
      {lane.moves.map((move) => (
        <RivalMove key={move.moveId} move={move} />
      ))}
      {lane.moves.length === 0 && <p className="rival-detail">{t('rivals.still')}</p>}
    </li>
  );
}

export function RivalsBody(): ReactNode {
  const { t } = useWords();
  const lanes = useGroup('competitors', 'rivals');
  if (lanes.length === 0) return <EmptyNote title={t('rivals.none')} hint={t('rivals.noneHint')} href="/settings/brands" />;
  return (
    <ol className="rivals">
      {lanes.map((lane) => (
        <Lane key={lane.competitor} lane={lane} />
      ))}
    </ol>
  );
}
