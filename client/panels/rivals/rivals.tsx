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
  const { lanes, more } = useGroup('competitors', 'rivals');
  const left = more > 0 ? ` · ${t('rivals.lanes', { shown: lanes.length, total: lanes.length + more })}` : '';
  return (
    <p className="panel-note">
      {t('rivals.window')}
      {left}
    </p>
  );
}

/** 降价 ¥3,299 → ¥2,799: the prices where a move has both, else what kind of move it was. */
function MoveWhat({ move }: { readonly move: MoveRow }): ReactNode {
  const { t } = useWords();
  const word = t(`competitors.${moveWord(move)}`);
  if (move.change === null || move.before === null || move.after === null) return word;
  return (
    <>
      <span className="figure rival-prices">
        <OutsideText>{move.before}</OutsideText> → <OutsideText>{move.after}</OutsideText>
      </span>
      <span className="figure rival-change">
        {arrowOf(move.change)} {percent(Math.abs(move.change))}%
      </span>
    </>
  );
}

function RivalMove({ move }: { readonly move: MoveRow }): ReactNode {
  return (
    <div className="rival-move">
      <p className="rival-title" title={isolated(move.title)}>
        <OutsideText>{move.title}</OutsideText>
      </p>
      <p className="rival-detail">
        <MoveWhen at={move.at} /> <MoveWhat move={move} />
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
  const { lanes } = useGroup('competitors', 'rivals');
  if (lanes.length === 0) return <EmptyNote title={t('rivals.none')} hint={t('rivals.noneHint')} href="/settings/brands" />;
  return (
    <ol className="rivals">
      {lanes.map((lane) => (
        <Lane key={lane.competitor} lane={lane} />
      ))}
    </ol>
  );
}
