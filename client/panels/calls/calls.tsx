/** Who was called about the most urgent story, who is called next and when, and who is on duty. */
import type { ReactNode } from 'react';
import { FIRE_BELOW_MS } from '../../../shared/wire/constants.ts';
import type { CallRow, CallsGroup } from '../../../shared/wire/views/sentiment.ts';
import { timeOfDay } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { urgencyAt } from '../../state/urgency.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Check, Cross, Hole, Play } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './calls.css';

export function CallsNote(): ReactNode {
  const { t, exactAge } = useWords();
  const nearest = useGroup('sentiment', 'nearest');
  const red = useScreen((screen) => {
    if (nearest === null || urgencyAt(nearest.cell, screen.now) !== 'fire') return null;
    // A promise shorter than a quarter of an hour was red from its beginning.
    return screen.now - Math.max(nearest.cell.dueAt - FIRE_BELOW_MS, nearest.cell.startedAt);
  });
  const amber = useAmber(red !== null, amberRank.figure);
  return red === null ? null : <p className={`panel-note marked ${amber}`}>{t('calls.red', { age: exactAge(red) })}</p>;
}

/** What became of a message, or when the step comes. */
function stateWords({ state, channel, reachable, dry, who }: CallRow, { t }: Words): string | null {
  if (who !== null && !reachable) return t('calls.noChannel');
  if (state === 'planned') return null;
  if (dry) return t('calls.dry');
  if (state === 'dropped') return t('calls.dropped');
  return t(`calls.${state}`, { channel: t(`calls.channel.${channel ?? 'none'}`) });
}

type Mark = 'done' | 'trouble' | 'next' | 'later' | 'plain';

function markOf(row: CallRow, isNext: boolean): Mark {
  if (!row.reachable || row.state === 'failed' || row.state === 'retrying') return 'trouble';
  if (row.state === 'planned') return isNext ? 'next' : 'later';
  return row.state === 'delivered' ? 'done' : 'plain';
}

function Shape({ mark }: { readonly mark: Mark }): ReactNode {
  if (mark === 'trouble') return <Cross />;
  if (mark === 'done') return <Check />;
  return mark === 'next' ? <Play /> : <Hole />;
}

/** 52 秒后呼叫 */
function Until({ at }: { readonly at: number }): ReactNode {
  const { t, exactAge } = useWords();
  // Rounded up, so that the step comes when the words are gone.
  const left = useScreen((screen) => Math.max(0, Math.ceil((at - screen.now) / 1_000) * 1_000));
  return left === 0 ? t('calls.atOnce') : t('calls.inTime', { age: exactAge(left) });
}

function Call({ row, isNext }: { readonly row: CallRow; readonly isNext: boolean }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { timeZone } = useWorkspace();
  const mark = markOf(row, isNext);
  const amber = useAmber(mark === 'trouble', amberRank.figure);
  const state = stateWords(row, words);
  const roles = row.roles.map((role) => t(`calls.role.${role}`)).join(' ');
  const role = row.state === 'planned' && row.roles.length === 0 ? t('calls.owner') : roles;
  return (
    <li className={`call ${mark}${amber && ` ${amber}`}`}>
      <Shape mark={mark} />
      <time className="figure call-at" dateTime={new Date(row.at).toISOString()}>
        {timeOfDay(row.at, timeZone)}
      </time>
      <p className="call-who" title={row.who === null ? t('calls.nobody') : isolated(row.who)}>
        {row.who === null ? t('calls.nobody') : <OutsideText>{row.who}</OutsideText>} <span className="call-role">{role}</span>
      </p>
      <p className="call-state">
        {row.state === 'planned' && <Until at={row.at} />}
        {row.state === 'planned' && state !== null && ' · '}
        {state}
      </p>
    </li>
  );
}

function peopleWords(people: readonly string[], { t }: Words): string {
  return people.length === 0 ? t('calls.nobodyHolds') : people.map(isolated).join(t('calls.separator'));
}

/** In one line who holds the first two roles of the ladder. */
function DutyLine({ calls }: { readonly calls: CallsGroup }): ReactNode {
  const words = useWords();
  const { t } = words;
  const line = calls.duty
    .slice(0, 2)
    .map(({ role, people }) => t('calls.onDuty', { role: t(`calls.role.${role}`), people: peopleWords(people, words) }));
  if (calls.more > 0) line.push(t('calls.more', { count: calls.more }));
  return (
    <p className="calls-duty" title={line.join(' · ')}>
      {line.join(' · ')}
    </p>
  );
}

function Role({ role, people }: CallsGroup['duty'][number]): ReactNode {
  const words = useWords();
  const amber = useAmber(people.length === 0, amberRank.figure);
  return (
    <li className={`duty ${people.length === 0 ? 'nobody' : ''} ${amber}`}>
      <span className="duty-role">{words.t(`calls.role.${role}`)}</span>
      <span className="duty-people" title={peopleWords(people, words)}>
        {peopleWords(people, words)}
      </span>
    </li>
  );
}

/** Where no story is open: who holds each role. */
function Duty({ calls }: { readonly calls: CallsGroup }): ReactNode {
  return (
    <ol className="calls">
      {calls.duty.map(({ role, people }) => (
        <Role key={role} role={role} people={people} />
      ))}
    </ol>
  );
}

export function CallsBody(): ReactNode {
  const { t } = useWords();
  const calls = useGroup('sentiment', 'calls');
  if (!calls.rosterSet) return <EmptyNote title={t('calls.noRoster')} hint={t('calls.noRosterHint')} href="/settings/roster" />;
  if (calls.incidentId === null) return <Duty calls={calls} />;
  const next = calls.rows.findIndex(({ state }) => state === 'planned');
  return (
    <>
      {calls.rows.length === 0 && <p className="calls-none">{t('calls.quiet')}</p>}
      <ol className="calls">
        {calls.rows.map((row, i) => (
          <Call key={`${row.at} ${row.who ?? ''} ${row.state}`} row={row} isNext={i === next} />
        ))}
      </ol>
      <DutyLine calls={calls} />
    </>
  );
}
