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
import { Fold } from './fold.tsx';
import { ItemLine } from './item-line.tsx';
import { Minutes } from './minutes.tsx';
import { partsByPerson, type PersonPart } from './people.ts';
import { NamedInput } from './named-input.tsx';
import { PromiseLine } from './promise-line.tsx';
import { inMeetingOrder, personBeside, stepBeside, stepsOf, type MeetingPart, type Step } from './steps.ts';
import { PartsNav, StepBar, Turns } from './turns.tsx';
import { useNarrow } from './use-narrow.ts';
import { useStandup, type ItemDraft, type PromiseDraft, type Standup } from './use-standup.ts';
import './standup.css';

const NAME_FIELD = 'meeting-actor';

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

interface RowsProps {
  readonly title: string;
  readonly rows: readonly DueRow[];
  readonly named: boolean;
  readonly folded?: boolean;
  readonly saving: (row: DueRow) => boolean;
  readonly onAnswer: (row: DueRow, draft: PromiseDraft) => void;
}

function Rows({ title, rows, named, folded = false, saving, onAnswer }: RowsProps): ReactNode {
  if (rows.length === 0) return null;
  return (
    <Fold title={folded ? `${title} · ${rows.length}` : title} folded={folded}>
      <ul className="promises">
        {rows.map((row) => (
          <PromiseLine key={`${row.id} ${row.dueAt}`} row={row} named={named} saving={saving(row)} onAnswer={onAnswer} />
        ))}
      </ul>
    </Fold>
  );
}

/** The people of the day in an order that stays while they answer. */
function usePeople(day: StandupDay): readonly PersonPart[] {
  const [began, setBegan] = useState<readonly string[]>([]);
  const parts = useMemo(() => inMeetingOrder(partsByPerson(day), began), [day, began]);
  const names = parts.map(({ who }) => who);
  // Those who have left the list keep their place for when they come back.
  const fresh = names.filter((who) => !began.includes(who));
  if (fresh.length > 0) setBegan([...began, ...fresh]);
  return parts;
}

interface MeetingProps {
  readonly day: StandupDay;
  readonly standup: Standup;
  readonly actor: string;
}

function Meeting({ day, standup, actor }: MeetingProps): ReactNode {
  const { t, language } = useDeskWords();
  const words = useStandupFault();
  const narrow = useNarrow();
  const parts = usePeople(day);
  const [step, setStep] = useState<Step>(() => ({ part: 'promises', who: narrow ? (parts[0]?.who ?? null) : null }));
  const [fault, setFault] = useState<string | null>(null);
  const turn = step.who;
  const setTurn = (who: string | null): void => setStep({ part: 'promises', who });
  useKeys((key) => {
    if (key === 'n') setTurn(personBeside(parts, turn, 1));
    else if (key === 'p') setTurn(personBeside(parts, turn, -1));
  });
  const told = async <T,>(answer: Promise<Answer<T>>): Promise<boolean> => {
    const found = await answer;
    setFault(found.outcome === 'ok' ? null : words(found));
    return found.outcome === 'ok';
  };
  const signed = (): boolean => {
    if (actor.trim() !== '') return true;
    setFault(t('meeting.nameHint'));
    document.getElementById(NAME_FIELD)?.focus();
    return false;
  };
  const onAnswer = (row: DueRow, draft: PromiseDraft): void => void (signed() && told(standup.answer(row, draft)));
  const { saving } = standup;
  const onSettle = (item: StandupItem, draft: ItemDraft): void => void (signed() && told(standup.settle(item, draft)));
  const onStep = (next: Step): void => {
    setStep(next);
    if (narrow) window.scrollTo({ top: 0 });
  };
  const shown = parts.filter(({ who }) => turn === null || who === turn);
  const all = (pick: 'toAnswer' | 'today' | 'later' | 'answered') =>
    shown.flatMap((part) => part[pick]).toSorted((a, b) => a.dueAt - b.dueAt);
  const nothing = shown.every(
    ({ toAnswer, today, later, answered }) => toAnswer.length + today.length + later.length + answered.length === 0,
  );
  const open = day.items.filter(({ state }) => state === 'open');
  const unanswered = parts.reduce((sum, { toAnswer, today }) => sum + toAnswer.length + today.length, 0);
  const steps = stepsOf(parts);
  const isShown = (part: MeetingPart): boolean => !narrow || step.part === part;
  return (
    <>
      <p className="meeting-tally">
        {dayLabel(day.since, language)} – {t('meeting.tally', day.before.tally)}
      </p>
      {fault !== null && (
        <Alert className="meeting-fault" type="warning" showIcon={false} title={fault} closable={{ onClose: () => setFault(null) }} />
      )}
      {narrow && (
        <PartsNav part={step.part} counts={{ promises: unanswered, items: open.length }} onPart={(part) => onStep({ part, who: null })} />
      )}
      <div className="meeting">
        {isShown('promises') && (
          <>
            <div className="meeting-turns">
              <Turns parts={parts} turn={turn} onTurn={setTurn} />
              <p className="meeting-keys">{t('meeting.keys')}</p>
            </div>
            <Section
              title={turn ?? t('meeting.everyone')}
              actions={
                narrow ? undefined : (
                  <div className="turn-buttons">
                    <Button onClick={() => setTurn(personBeside(parts, turn, -1))}>{t('meeting.previous')}</Button>
                    <Button type="primary" onClick={() => setTurn(personBeside(parts, turn, 1))}>
                      {t('meeting.next')}
                    </Button>
                  </div>
                )
              }
            >
              {parts.length === 0 && <Empty title={t('meeting.nobody')} hint={t('meeting.nobodyHint')} />}
              {parts.length > 0 && nothing && <p className="promise-detail">{t('meeting.nothing', { who: turn ?? '' })}</p>}
              <Rows title={t('meeting.toAnswer')} rows={all('toAnswer')} named={turn === null} {...{ saving, onAnswer }} />
              <Rows title={t('meeting.today')} rows={all('today')} named={turn === null} {...{ saving, onAnswer }} />
              <Rows
                title={t('meeting.answered')}
                rows={all('answered')}
                named={turn === null}
                folded={narrow && turn === null}
                {...{ saving, onAnswer }}
              />
              <Rows title={t('meeting.later')} rows={all('later')} named={turn === null} folded={narrow} {...{ saving, onAnswer }} />
              <Fold title={t('meeting.add')} folded={narrow}>
                <AddPromise who={turn ?? ''} people={day.people} onAdd={async (document) => signed() && told(standup.promise(document))} />
              </Fold>
            </Section>
          </>
        )}
        <div className="meeting-side">
          {isShown('items') && (
            <Section title={t('meeting.items')} note={t('meeting.itemsNote', { count: open.length })}>
              {day.items.length === 0 && <p className="promise-detail">{t('meeting.noItems')}</p>}
              <ul className="promises">
                {day.items.map((item) => (
                  <ItemLine key={item.id} item={item} onSettle={onSettle} />
                ))}
              </ul>
              <Fold title={t('meeting.addItem')} folded={narrow}>
                <AddItem
                  departments={day.departments}
                  people={day.people}
                  onAdd={async (document) => signed() && told(standup.raise(document))}
                />
              </Fold>
            </Section>
          )}
          {isShown('minutes') && <Minutes version={standup.version} />}
        </div>
      </div>
      {narrow && <StepBar back={stepBeside(steps, step, -1)} on={stepBeside(steps, step, 1)} onStep={onStep} />}
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
        actions={
          <NamedInput id={NAME_FIELD} className="meeting-actor" label={t('meeting.name')} most={80} value={actor} onText={setActor} />
        }
      />
      <Answered asked={asked} rows={10}>
        {() => day && <Meeting key={day.day} day={day} standup={standup} actor={actor} />}
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
