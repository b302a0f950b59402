/** Promises that are due today: until when and what; those that were kept or missed in words. */
import type { ReactNode } from 'react';
import type { PromiseRow } from '../../../shared/wire/views/promises.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { useMarked } from '../../state/use-attention.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './promises.css';

/** Rows that have room also where the sentence on top takes two lines; the others are counted. */
const SHOWN = 3;

export function PromisesNote(): ReactNode {
  const { t } = useWords();
  const { rows, owed, kept, missed, total } = useGroup('overview', 'promises');
  if (total === 0) return null;
  const left = total - Math.min(rows.length, SHOWN);
  return (
    <p className="panel-note" title={t('promises.tallyTitle', { owed, kept, missed })}>
      {left > 0 ? t('promises.left', { owed, count: left }) : t('promises.tally', { owed, kept })}
    </p>
  );
}

function DueRow({ row }: { readonly row: PromiseRow }): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const marked = useMarked()(`promise:${row.id}`);
  // What is left open from another day has no time of today.
  const earlier = useScreen((screen) => row.dueAt < screen.now && dayOf(row.dueAt, timeZone) !== dayOf(screen.now, timeZone));
  const when = row.state !== 'open' ? t(`promises.state.${row.state}`) : earlier ? t('promises.overdue') : hourMinute(row.dueAt, timeZone);
  return (
    <li className="due" data-state={row.state} title={`${isolated(row.title)} · ${isolated(row.who)}`}>
      <span className={`due-when ${row.state === 'open' && !earlier ? 'figure' : ''} ${marked ? 'marked' : ''}`}>{when}</span>
      <span className="due-what">
        <OutsideText>{row.title}</OutsideText>
      </span>
    </li>
  );
}

export function PromisesBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('overview', 'promises');
  if (rows.length === 0) return <EmptyNote title={t('promises.empty')} hint={t('promises.emptyHint')} href="/standup" />;
  return (
    <ol className="dues">
      {rows.slice(0, SHOWN).map((row) => (
        <DueRow key={row.id} row={row} />
      ))}
    </ol>
  );
}
