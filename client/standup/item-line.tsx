/** One item that waits for a department; it is settled with a note in the line itself. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { ITEM_LATE_DAYS } from '../../shared/standup/states.ts';
import type { StandupItem } from '../../shared/standup/types.ts';
import { daysAgo } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import type { ItemDraft } from './use-standup.ts';

export interface ItemLineProps {
  readonly item: StandupItem;
  readonly onSettle: (item: StandupItem, draft: ItemDraft) => void;
}

export function ItemLine({ item, onSettle }: ItemLineProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const days = useScreen((screen) => Math.max(0, daysAgo(item.since, screen.now, timeZone)));
  const [settling, setSettling] = useState(false);
  const [note, setNote] = useState('');
  const { department, matter, effect, contact, state, closedBy } = item;
  const closed = state === 'closed';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (note.trim() === '') return;
    onSettle(item, closed ? { type: 'reopen', reason: note } : { type: 'close', note });
    setSettling(false);
    setNote('');
  };
  return (
    <li className={`meeting-item ${state}`} data-item={item.id}>
      <p className="promise-what">
        <strong className="promise-who">{department}</strong> <OutsideText>{matter}</OutsideText>
      </p>
      <p className="promise-detail">
        {closed ? (
          <span>{t('meeting.closed', { who: closedBy ?? '', note: item.note ?? '' })}</span>
        ) : (
          <span className={days > ITEM_LATE_DAYS ? 'promise-carried' : ''}>
            {days === 0 ? t('meeting.waitsToday') : t('meeting.waits', { count: days })}
          </span>
        )}
        {effect !== null && <OutsideText>{effect}</OutsideText>}
        <span>{t('meeting.ask', { who: contact })}</span>
      </p>
      <div className="promise-acts">
        <Button aria-expanded={settling} onClick={() => setSettling(!settling)}>
          {t(closed ? 'meeting.reopen' : 'meeting.close')}
        </Button>
      </div>
      {settling && (
        <form className="meeting-form move" onSubmit={submit}>
          <Input
            className="wide"
            aria-label={t(closed ? 'meeting.reason' : 'meeting.closeNote')}
            placeholder={t(closed ? 'meeting.reason' : 'meeting.closeNote')}
            autoFocus
            required
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <Button type="primary" htmlType="submit">
            {t(closed ? 'meeting.reopen' : 'meeting.close')}
          </Button>
        </form>
      )}
    </li>
  );
}
