/** What waits for another department: the longest first, with what it blocks and who to talk to. */
import type { ReactNode } from 'react';
import { ITEM_LATE_DAYS } from '../../../shared/standup/states.ts';
import type { ItemRow } from '../../../shared/wire/views/standup.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './items.css';

export function ItemsNote(): ReactNode {
  const { t } = useWords();
  const { rows, total } = useGroup('standup', 'items');
  if (total === 0) return null;
  const left = total - rows.length;
  return <p className="panel-note">{left > 0 ? t('standup.itemsLeft', { total, count: left }) : t('standup.itemsAll', { total })}</p>;
}

/** Marks beyond these two would hide the others of the scene. */
const MOST_MARKED = 2;

function Item({ row, mayMark }: { readonly row: ItemRow; readonly mayMark: boolean }): ReactNode {
  const { t } = useWords();
  const { department, matter, effect, contact, days } = row;
  const late = mayMark && days > ITEM_LATE_DAYS;
  const amber = useAmber(late, amberRank.figure);
  const contactWords = t('standup.askWho', { who: contact });
  const detail = effect === null ? contactWords : `${effect}${t('standup.between')}${contactWords}`;
  return (
    <li className="item">
      <p className="item-line">
        <span className="item-department" title={isolated(department)}>
          <OutsideText>{department}</OutsideText>
        </span>
        <span className="item-matter" title={isolated(matter)}>
          <OutsideText>{matter}</OutsideText>
        </span>
        <span className={`figure item-age ${late ? 'marked' : ''} ${amber}`}>
          {days === 0 ? t('standup.today') : t('standup.days', { count: days })}
        </span>
      </p>
      <p className="item-detail" title={isolated(detail)}>
        <OutsideText>{detail}</OutsideText>
      </p>
    </li>
  );
}

export function ItemsBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('standup', 'items');
  if (rows.length === 0) return <EmptyNote title={t('standup.noItems')} hint={t('standup.noItemsHint')} href="/standup" />;
  return (
    <ol className="items">
      {rows.map((row, i) => (
        <Item key={row.id} row={row} mayMark={i < MOST_MARKED} />
      ))}
    </ol>
  );
}
