/** Whose turn it is, and on a phone which part of the meeting: what comes next is one tap of the thumb away. */
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { PersonPart } from './people.ts';
import { meetingParts, type MeetingPart, type Step } from './steps.ts';

export interface TurnsProps {
  readonly parts: readonly PersonPart[];
  readonly turn: string | null;
  readonly onTurn: (who: string | null) => void;
}

export function Turns({ parts, turn, onTurn }: TurnsProps): ReactNode {
  const { t } = useDeskWords();
  const list = useRef<HTMLElement>(null);
  // On a phone the names are one line that scrolls: whose turn it is stays in sight.
  useEffect(() => {
    const own = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && own) list.current.scrollLeft = own.offsetLeft - (list.current.clientWidth - own.clientWidth) / 2;
  }, [turn]);
  return (
    <nav ref={list} className="turns" aria-label={t('meeting.people')}>
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

export interface PartsNavProps {
  readonly part: MeetingPart;
  /** What waits in a part. */
  readonly counts: { readonly [P in MeetingPart]?: number };
  readonly onPart: (part: MeetingPart) => void;
}

export function PartsNav({ part, counts, onPart }: PartsNavProps): ReactNode {
  const { t } = useDeskWords();
  return (
    <nav className="meeting-parts" aria-label={t('meeting.parts')}>
      {meetingParts.map((one) => (
        <button
          key={one}
          type="button"
          className="meeting-part"
          aria-current={one === part ? 'true' : undefined}
          onClick={() => onPart(one)}
        >
          {t(`meeting.part_of.${one}`)} {(counts[one] ?? 0) > 0 && <span className="turn-count">{counts[one]}</span>}
        </button>
      ))}
    </nav>
  );
}

export interface StepBarProps {
  readonly back: Step | null;
  readonly on: Step | null;
  readonly onStep: (step: Step) => void;
}

/** Under the thumb: one step back, and the step that comes next by its name. */
export function StepBar({ back, on, onStep }: StepBarProps): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="turn-buttons">
      <Button disabled={back === null} onClick={() => back && onStep(back)}>
        {t('meeting.back')}
      </Button>
      <Button type="primary" disabled={on === null} onClick={() => on && onStep(on)}>
        {on === null
          ? t('meeting.over')
          : on.part === 'promises'
            ? t('meeting.nextWho', { who: on.who ?? t('meeting.everyone') })
            : t('meeting.nextPart', { part: t(`meeting.part_of.${on.part}`) })}
      </Button>
    </div>
  );
}
