/** What a person can do to the story that is shown, whichever button, key or bar it is done with. */
import { useState } from 'react';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useActing, type Acting, type CommandDraft } from './act.ts';
import type { DialogAct } from './act-dialog.tsx';
import { isClosed, type Story } from './story-fields.ts';

export interface Acts extends Pick<Acting, 'busy' | 'result'> {
  readonly dialog: DialogAct | null;
  readonly ask: (act: DialogAct) => void;
  readonly close: () => void;
  readonly send: (draft: CommandDraft) => Promise<boolean>;
  readonly claim: () => void;
  readonly takeOver: () => void;
  readonly resolve: () => void;
  readonly resume: () => void;
  readonly undo: () => void;
  /** What keeps an act from being sent, in words. */
  readonly missing: string | null;
  readonly setMissing: (what: string | null) => void;
  readonly can: (act: DialogAct | 'claim' | 'respond' | 'resolve' | 'resume') => boolean;
}

export interface ActsParts {
  readonly detail: IncidentDetail;
  readonly actor: string;
  /** False just after another story came under the pointer: a click was meant for the one before. */
  readonly settled: boolean;
  readonly onActorMissing: () => void;
  readonly put: (detail: IncidentDetail) => void;
}

/** Which acts a story allows in its present state; the server judges once more. */
export function allowed(story: Story, act: DialogAct | 'claim' | 'respond' | 'resolve' | 'resume'): boolean {
  const closed = isClosed(story);
  const paused = story.pause !== null;
  switch (act) {
    case 'claim':
      return story.status === 'open';
    case 'respond':
      return story.status === 'open' || story.status === 'claimed';
    case 'resolve':
      return story.status === 'responded';
    case 'reopen':
      return story.status === 'resolved' || story.status === 'false_alarm';
    case 'note':
      return story.status !== 'merged';
    case 'evidence':
      return story.response !== null;
    case 'pause':
      return !closed && !paused;
    case 'resume':
      return !closed && paused;
    default:
      return !closed;
  }
}

export function useActs({ detail, actor, settled, onActorMissing, put }: ActsParts): Acts {
  const { t } = useDeskWords();
  const { busy, result, act, forget } = useActing(detail, put);
  const [dialog, setDialog] = useState<DialogAct | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const name = actor.trim();

  const send = async (draft: CommandDraft): Promise<boolean> => {
    if (!settled) return false;
    setMissing(null);
    if (name === '') {
      forget();
      setDialog(null);
      setMissing(t('pr.actorMissing'));
      onActorMissing();
      return false;
    }
    return act(draft, name);
  };
  return {
    busy,
    result,
    dialog,
    ask: (one) => {
      if (settled) setDialog(one);
    },
    close: () => setDialog(null),
    send,
    claim: () => void send({ type: 'claim' }),
    takeOver: () => void send({ type: 'hand_over', to: name }),
    resolve: () => void send({ type: 'resolve' }),
    resume: () => void send({ type: 'resume' }),
    undo: () => void send({ type: 'reopen', reason: t('pr.undoReason') }),
    missing,
    setMissing,
    can: (one) => allowed(detail, one),
  };
}
