/** The day's meeting, asked again whenever anybody has said something, and what this page has said before the server answered. */
import { useCallback, useMemo, useState } from 'react';
import type {
  DueRow,
  ItemCommand,
  ItemDetail,
  ItemDocument,
  PromiseCommand,
  PromiseDetail,
  PromiseDocument,
  StandupDay,
  StandupItem,
} from '../../shared/standup/types.ts';
import { useAsked, type Asked } from '../desk-kit/use-asked.ts';
import { useGroupIfThere } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';
import { newCommandId } from '../wire/command-id.ts';

/** A command without what only the moment of sending knows. */
type Draft<C> = C extends unknown ? Omit<C, 'commandId' | 'expectedVersion' | 'actor'> : never;
export type PromiseDraft = Draft<PromiseCommand>;
export type ItemDraft = Draft<ItemCommand>;

export interface Standup {
  readonly asked: Asked<StandupDay>;
  readonly day: StandupDay | null;
  /** An answer of this page that the server has not confirmed yet. */
  readonly saving: (row: DueRow) => boolean;
  /** Changes with everything that anybody says. */
  readonly version: string;
  readonly answer: (row: DueRow, draft: PromiseDraft) => Promise<Answer<PromiseDetail>>;
  readonly settle: (item: StandupItem, draft: ItemDraft) => Promise<Answer<ItemDetail>>;
  readonly promise: (document: Omit<PromiseDocument, 'commandId' | 'actor'>) => Promise<Answer<PromiseDetail>>;
  readonly raise: (document: Omit<ItemDocument, 'commandId' | 'actor'>) => Promise<Answer<ItemDetail>>;
}

/** What a row will be once the server has the answer; it holds for the version that the answer was given to. */
interface Ahead {
  readonly version: number;
  readonly state: DueRow['state'];
}
const aheadOf: Readonly<Record<PromiseDraft['type'], DueRow['state']>> = { keep: 'kept', miss: 'missed', move: 'moved', reopen: 'open' };

export function useStandup(actor: string): Standup {
  const seq = useGroupIfThere('standup', 'said')?.seq;
  const [own, setOwn] = useState(0);
  const version = `${seq ?? ''} ${own}`;
  const asked = useAsked<StandupDay>('/api/standup', { version, everyMs: 60_000 });
  const [ahead, setAhead] = useState<ReadonlyMap<string, Ahead>>(new Map());
  const { value } = asked;
  const day = useMemo(() => value && withAnswers(value, ahead), [value, ahead]);

  const send = useCallback(async <T>(path: string, body: object): Promise<Answer<T>> => {
    const answer = await ask<T>(path, { body });
    // Also after a refusal: what stands now may differ from what is shown.
    setOwn((n) => n + 1);
    return answer;
  }, []);

  return {
    ...{ asked, day, version },
    saving: (row) => ahead.get(row.id)?.version === row.version,
    async answer(row, draft) {
      setAhead((before) => new Map(before).set(row.id, { version: row.version, state: aheadOf[draft.type] }));
      const command = { ...draft, actor, commandId: newCommandId(), expectedVersion: row.version };
      const answer = await send<PromiseDetail>(`/api/standup/promises/${encodeURIComponent(row.id)}/commands`, command);
      if (answer.outcome !== 'ok') {
        setAhead((before) => {
          const next = new Map(before);
          next.delete(row.id);
          return next;
        });
      }
      return answer;
    },
    settle: (item, draft) =>
      send<ItemDetail>(`/api/standup/items/${encodeURIComponent(item.id)}/commands`, {
        ...{ ...draft, actor, commandId: newCommandId(), expectedVersion: item.version },
      }),
    promise: (document) => send<PromiseDetail>('/api/standup/promises', { ...document, actor, commandId: newCommandId() }),
    raise: (document) => send<ItemDetail>('/api/standup/items', { ...document, actor, commandId: newCommandId() }),
  };
}

/** An answer of this page is shown until the server's state has passed the version it was given to. */
function withAnswers(day: StandupDay, ahead: ReadonlyMap<string, Ahead>): StandupDay {
  const shown = (row: DueRow): DueRow => {
    const mine = ahead.get(row.id);
    return mine && mine.version === row.version ? { ...row, state: mine.state } : row;
  };
  const rows = (list: readonly DueRow[]) => list.map(shown);
  return {
    ...day,
    before: { ...day.before, rows: rows(day.before.rows) },
    carried: rows(day.carried),
    today: { ...day.today, rows: rows(day.today.rows) },
    later: rows(day.later),
  };
}
