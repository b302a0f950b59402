/** Who owes what today, and until when. An open promise whose date is over stays until somebody says what became of it. */
import type { ReactNode } from 'react';
import type { PromiseRow } from '../../../shared/wire/views/promises.ts';
import { dayLabel, dayOf, hourMinute } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './owed.css';

export function OwedNote(): ReactNode {
  const { t } = useWords();
  const { rows, total, owed } = useGroup('standup', 'owed');
  if (total === 0) return null;
  const left = total - rows.length;
  return <p className="panel-note">{left > 0 ? t('standup.owedLeft', { owed, count: left }) : t('standup.owedAll', { owed })}</p>;
}

/** Of those whose time is over the first one is marked: it is the next to be asked about. */
function Owed({ row, first }: { readonly row: PromiseRow; readonly first: boolean }): ReactNode {
  const { t, language } = useWords();
  const { timeZone } = useWorkspace();
  const { state, dueAt, who, title } = row;
  // One subscription to a word, not to the running clock.
  const over = useScreen((screen) => state === 'open' && dueAt <= screen.now);
  const amber = useAmber(over && first, amberRank.figure);
  const earlier = useScreen((screen) => dayOf(dueAt, timeZone) !== dayOf(screen.now, timeZone));
  const when = earlier ? dayLabel(dayOf(dueAt, timeZone), language) : hourMinute(dueAt, timeZone);
  return (
    <li className={`owed ${state === 'open' ? '' : 'done'}`}>
      <span className="owed-who" title={isolated(who)}>
        <OutsideText>{who}</OutsideText>
      </span>
      <span className="owed-what" title={isolated(title)}>
        <OutsideText>{title}</OutsideText>
      </span>
      {state === 'open' ? (
        <span className={`figure owed-when ${over && first ? 'marked' : ''} ${amber}`}>{when}</span>
      ) : (
        <span className="owed-when">{t(`standup.state.${state}`)}</span>
      )}
    </li>
  );
}

export function OwedBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('standup', 'owed');
  if (rows.length === 0) return <EmptyNote title={t('standup.nothingOwed')} hint={t('standup.nothingOwedHint')} href="/standup" />;
  return (
    <ol className="owed-list">
      {rows.map((row, i) => (
        <Owed key={row.id} row={row} first={i === 0} />
      ))}
    </ol>
  );
}
