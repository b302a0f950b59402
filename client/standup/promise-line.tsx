/** One promise: kept, missed or moved with one tap; a move asks for the day and the reason in the line itself. */
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { KeyboardEvent, ReactNode, SubmitEvent } from 'react';
import type { DueRow } from '../../shared/standup/types.ts';
import { dayLabel, dayOf, hourMinute } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import type { PromiseDraft } from './use-standup.ts';

export interface PromiseLineProps {
  readonly row: DueRow;
  readonly named: boolean;
  /** Its answer is on the way to the server, which may refuse it. */
  readonly saving: boolean;
  readonly onAnswer: (row: DueRow, draft: PromiseDraft) => void;
}

/** A date of this page: 今天的只写时刻. */
export function useWhen(): (at: number) => string {
  const { language } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  return (at) => {
    const day = dayOf(at, timeZone);
    return day === today ? hourMinute(at, timeZone) : `${dayLabel(day, language)} ${hourMinute(at, timeZone)}`;
  };
}

function MoveForm({ row, onAnswer, onDone }: Pick<PromiseLineProps, 'row' | 'onAnswer'> & { readonly onDone: () => void }): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const tomorrow = useScreen((screen) => dayOf(screen.now + 86_400_000, timeZone));
  const [day, setDay] = useState(tomorrow);
  const [time, setTime] = useState('18:00');
  const [reason, setReason] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') return;
    onAnswer(row, { type: 'move', reason, due: { day, time } });
    onDone();
  };
  return (
    <form className="meeting-form move" onSubmit={submit}>
      <Input aria-label={t('meeting.moveTo')} type="date" required value={day} onChange={({ target }) => setDay(target.value)} />
      <Input aria-label={t('meeting.time')} type="time" required value={time} onChange={({ target }) => setTime(target.value)} />
      <Input
        aria-label={t('meeting.reason')}
        placeholder={t('meeting.reason')}
        autoFocus
        required
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="primary" htmlType="submit">
        {t('meeting.save')}
      </Button>
      <Button onClick={onDone}>{t('meeting.cancel')}</Button>
    </form>
  );
}

export function PromiseLine({ row, named, saving, onAnswer }: PromiseLineProps): ReactNode {
  const { t } = useDeskWords();
  const when = useWhen();
  const label = useId();
  const [moving, setMoving] = useState(false);
  const { state, what, who, department, dueAt, movedTo, reason, carried } = row;
  const open = state === 'open';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open || saving || event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'y') onAnswer(row, { type: 'keep' });
    else if (key === 'x') onAnswer(row, { type: 'miss' });
    else if (key === 'm') setMoving(true);
    else return;
    event.preventDefault();
  };
  return (
    <li className={`promise ${state}`} data-promise={row.id}>
      {/* The line takes the keys Y, X and M. */}
      <div className="promise-line" role="group" aria-labelledby={label} tabIndex={0} onKeyDown={onKeyDown}>
        <p id={label} className="promise-what">
          {named && <strong className="promise-who">{who}</strong>} <OutsideText>{what}</OutsideText>
        </p>
        <p className="promise-detail">
          {department !== null && <span>{department}</span>}
          <time dateTime={new Date(dueAt).toISOString()}>{when(dueAt)}</time>
          {carried > 0 && open && <span className="promise-carried">{t('meeting.carried', { count: carried })}</span>}
          {!open && (
            <span className="promise-state">
              {movedTo === null ? t(`meeting.state.${state}`) : t('meeting.movedTo', { when: when(movedTo) })}
            </span>
          )}
          {reason !== null && <OutsideText>{reason}</OutsideText>}
        </p>
        <div className="promise-acts">
          {open && !saving && (
            <>
              <Button onClick={() => onAnswer(row, { type: 'keep' })}>{t('meeting.keep')}</Button>
              <Button onClick={() => onAnswer(row, { type: 'miss' })}>{t('meeting.miss')}</Button>
              <Button aria-expanded={moving} onClick={() => setMoving(!moving)}>
                {t('meeting.move')}
              </Button>
            </>
          )}
          {saving && <span className="promise-saving">{t('meeting.saving')}</span>}
          {!saving && (state === 'kept' || state === 'missed') && (
            <Button type="link" onClick={() => onAnswer(row, { type: 'reopen' })}>
              {t('meeting.undo')}
            </Button>
          )}
        </div>
      </div>
      {moving && open && <MoveForm row={row} onAnswer={onAnswer} onDone={() => setMoving(false)} />}
    </li>
  );
}
