/** `/standup`: runs the meeting. Person by person, each promise is kept, missed or moved with one tap; at the end are the minutes. */
import { Alert, Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { DueRow, StandupDay, StandupItem } from '../../shared/standup/types.ts';
import { useActor } from '../desk-kit/actor.ts';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { PageTitle, Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { dayLabel } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Answer } from '../wire/ask.ts';
import { AddItem, AddPromise } from './add-forms.tsx';
import { useStandupFault } from './fault-words.ts';
import { ItemLine } from './item-line.tsx';
import { Minutes } from './minutes.tsx';
import { partsByPerson, type PersonPart } from './people.ts';
import { NamedInput } from './named-input.tsx';
import { PromiseLine } from './promise-line.tsx';
import { useStandup, type ItemDraft, type PromiseDraft, type Standup } from './use-standup.ts';
import './standup.css';

/** Keys act on the page unless somebody types. */
function useKeys(onKey: (key: string) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (!typing && !event.metaKey && !event.ctrlKey && !event.altKey) onKey(event.key.toLowerCase());
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [onKey]);
}

interface TurnsProps {
  readonly parts: readonly PersonPart[];
  readonly turn: string | null;
  readonly onTurn: (who: string | null) => void;
}

/** The person after `turn`; the meeting begins anew behind the last one. */
function beside(parts: readonly PersonPart[], turn: string | null, step: 1 | -1): string | null {
  if (parts.length === 0) return null;
  const at = parts.findIndex(({ who }) => who === turn);
  const next = at < 0 ? (step === 1 ? 0 : parts.length - 1) : (at + step + parts.length) % parts.length;
  return parts[next]?.who ?? null;
}

function Turns({ parts, turn, onTurn }: TurnsProps): ReactNode {
  const { t } = useDeskWords();
  return (
    <nav className="turns" aria-label={t('meeting.people')}>
      <button type="button" className="turn" aria-current={turn === null ? 'true' : undefined} onClick={() => onTurn(null)}>
        <span>{t('meeting.everyone')}</span>
      </button>
      {parts.map(({ who, toAnswer, today }) => (
        <button key={who} type="button" className="turn" aria-current={who === turn ? 'true' : undefined} onClick={() => onTurn(who)}>
          <span className="turn-who">{who}</span>
          <span className={`turn-count ${toAnswer.length > 0 ? 'marked' : ''}`}>
            {toAnswer.length + today.length === 0
              ? t('meeting.clear')
              : t('meeting.outstanding', { count: toAnswer.length + today.length })}
          </span>
        </button>
      ))}
    </nav>
  );
}

function Rows({
  title,
  rows,
  named,
  onAnswer,
}: {
  title: string;
  rows: readonly DueRow[];
  named: boolean;
  onAnswer: (row: DueRow, draft: PromiseDraft) => void;
}): ReactNode {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="promises">
        {rows.map((row) => (
          <PromiseLine key={`${row.id} ${row.dueAt}`} row={row} named={named} onAnswer={onAnswer} />
        ))}
      </ul>
    </>
  );
}

function Meeting({ day, standup, actor }: { readonly day: StandupDay; readonly standup: Standup; readonly actor: string }): ReactNode {
  const { t, language } = useDeskWords();
  const words = useStandupFault();
  const [turn, setTurn] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const parts = useMemo(() => partsByPerson(day), [day]);
  useKeys((key) => {
    if (key === 'n') setTurn(beside(parts, turn, 1));
    else if (key === 'p') setTurn(beside(parts, turn, -1));
  });
  const told = async <T,>(answer: Promise<Answer<T>>): Promise<boolean> => {
    const found = await answer;
    setFault(found.outcome === 'ok' ? null : words(found));
    return found.outcome === 'ok';
  };
  const signed = (): boolean => {
    if (actor.trim() !== '') return true;
    setFault(t('meeting.nameHint'));
    return false;
  };
  const onAnswer = (row: DueRow, draft: PromiseDraft): void => void (signed() && told(standup.answer(row, draft)));
  const onSettle = (item: StandupItem, draft: ItemDraft): void => void (signed() && told(standup.settle(item, draft)));
  const shown = parts.filter(({ who }) => turn === null || who === turn);
  const all = (pick: 'toAnswer' | 'today' | 'later' | 'answered') =>
    shown.flatMap((part) => part[pick]).toSorted((a, b) => a.dueAt - b.dueAt);
  const nothing = shown.every(
    ({ toAnswer, today, later, answered }) => toAnswer.length + today.length + later.length + answered.length === 0,
  );
  const open = day.items.filter(({ state }) => state === 'open');
  return (
    <>
      <p className="meeting-tally">
        {dayLabel(day.since, language)} – {t('meeting.tally', day.before.tally)}
      </p>
      {fault !== null && (
        <Alert className="meeting-fault" type="warning" showIcon={false} title={fault} closable={{ onClose: () => setFault(null) }} />
      )}
      <div className="meeting">
        <div className="meeting-turns">
          <Turns parts={parts} turn={turn} onTurn={setTurn} />
          <p className="meeting-keys">{t('meeting.keys')}</p>
        </div>
        <Section
          title={turn ?? t('meeting.everyone')}
          actions={
            <div className="turn-buttons">
              <Button onClick={() => setTurn(beside(parts, turn, -1))}>{t('meeting.previous')}</Button>
              <Button type="primary" onClick={() => setTurn(beside(parts, turn, 1))}>
                {t('meeting.next')}
              </Button>
            </div>
          }
        >
          {parts.length === 0 && <Empty title={t('meeting.nobody')} hint={t('meeting.nobodyHint')} />}
          {parts.length > 0 && nothing && <p className="promise-detail">{t('meeting.nothing', { who: turn ?? '' })}</p>}
          <Rows title={t('meeting.toAnswer')} rows={all('toAnswer')} named={turn === null} onAnswer={onAnswer} />
          <Rows title={t('meeting.today')} rows={all('today')} named={turn === null} onAnswer={onAnswer} />
          <Rows title={t('meeting.answered')} rows={all('answered')} named={turn === null} onAnswer={onAnswer} />
          <Rows title={t('meeting.later')} rows={all('later')} named={turn === null} onAnswer={onAnswer} />
          <h3>{t('meeting.add')}</h3>
          <AddPromise who={turn ?? ''} people={day.people} onAdd={async (document) => signed() && told(standup.promise(document))} />
        </Section>
        <div className="meeting-side">
          <Section title={t('meeting.items')} note={t('meeting.itemsNote', { count: open.length })}>
            {day.items.length === 0 && <p className="promise-detail">{t('meeting.noItems')}</p>}
            <ul className="promises">
              {day.items.map((item) => (
                <ItemLine key={item.id} item={item} onSettle={onSettle} />
              ))}
            </ul>
            <AddItem
              departments={day.departments}
              people={day.people}
              onAdd={async (document) => signed() && told(standup.raise(document))}
            />
          </Section>
          <Minutes version={standup.version} />
        </div>
      </div>
    </>
  );
}

function Standing(): ReactNode {
  const { t, language } = useDeskWords();
  const [actor, setActor] = useActor();
  const standup = useStandup(actor);
  const { day, asked } = standup;
  return (
    <>
      <PageTitle
        title={t('meeting.title')}
        note={day && t('meeting.note', { day: dayLabel(day.day, language), since: dayLabel(day.since, language) })}
        actions={<NamedInput className="meeting-actor" label={t('meeting.name')} most={80} value={actor} onText={setActor} />}
      />
      <Answered asked={asked} rows={10}>
        {() => day && <Meeting day={day} standup={standup} actor={actor} />}
      </Answered>
    </>
  );
}

export function StandupPage(): ReactNode {
  return (
    <DeskPage section="standup" view="standup">
      <Standing />
    </DeskPage>
  );
}
