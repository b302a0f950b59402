/** The draft of an answer to a story: kept while it is written, found again after a reload and on another device. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useScreen } from '../state/screen-context.tsx';
import { ask } from '../wire/ask.ts';
import { incidentPath } from './api.ts';
import { emptyDraft, joined, keepDraft, readDraft, sameDraft, type Draft } from './drafts.ts';

export interface ServerDraft {
  readonly text: string;
  readonly links: readonly string[];
  readonly updatedAt: number;
}
export interface DraftAnswer {
  readonly draft: ServerDraft | null;
  /** Other people who have begun an answer to this story. */
  readonly others: readonly { readonly person: string; readonly updatedAt: number }[];
}

export interface DraftState {
  readonly draft: Draft;
  readonly write: (change: Partial<Omit<Draft, 'at'>>) => void;
  readonly clear: () => void;
  /** A later draft of the same person from another device, while this one is being written. */
  readonly offered: Draft | null;
  readonly take: () => void;
  readonly others: DraftAnswer['others'];
  /** True once the draft on this page came from the server. */
  readonly fetched: boolean;
}

const SAVE_AFTER_MS = 800;
const REFRESH_MS = 5_000;
const NOBODY: DraftAnswer['others'] = [];
/** Somebody who wrote within this time is writing. */
const WRITING_MS = 60_000;

export function useDraft(id: string, actor: string, open: boolean): DraftState {
  const [draft, setDraft] = useState(() => readDraft(id));
  const [fetched, setFetched] = useState(false);
  const [offered, setOffered] = useState<Draft | null>(null);
  const latest = useRef(draft);
  const dirty = useRef(false);
  const timer = useRef(0);
  const path = actor === '' || !open ? null : `${incidentPath(id)}/draft?person=${encodeURIComponent(actor)}`;
  const { value } = useAsked<DraftAnswer>(path, { everyMs: REFRESH_MS });
  const begun = value?.others ?? NOBODY;
  const writing = useScreen((screen) => begun.filter(({ updatedAt }) => screen.now - updatedAt < WRITING_MS).length);

  const save = (): void => {
    window.clearTimeout(timer.current);
    timer.current = 0;
    const { text, links } = latest.current;
    if (actor !== '') void ask(`${incidentPath(id)}/draft`, { method: 'PUT', body: { person: actor, text, links } });
  };
  const saveNow = useEffectEvent(() => {
    if (timer.current !== 0) save();
  });
  const change = (next: Draft): void => {
    latest.current = next;
    setDraft(next);
    keepDraft(id, next);
  };

  const takeOver = useEffectEvent((there: Draft | null) => {
    const choice = joined(latest.current, there, dirty.current);
    setOffered(choice === 'offer' ? there : null);
    if (choice !== 'there' || there === null) return;
    change(there);
    setFetched(true);
  });
  useEffect(() => {
    if (value) takeOver(value.draft && { text: value.draft.text, links: value.draft.links, at: value.draft.updatedAt });
  }, [value]);
  // What was written just before the page goes to another story is sent without the wait.
  useEffect(() => () => saveNow(), []);

  return {
    draft,
    fetched,
    offered: offered !== null && !sameDraft(offered, draft) ? offered : null,
    write: (part) => {
      dirty.current = true;
      change({ ...latest.current, ...part, at: Date.now() });
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(save, SAVE_AFTER_MS);
    },
    clear: () => {
      dirty.current = false;
      setFetched(false);
      change({ ...emptyDraft, at: Date.now() });
      save();
    },
    take: () => {
      if (offered === null) return;
      dirty.current = false;
      change(offered);
      setOffered(null);
    },
    // Who wrote last goes on writing longest.
    others: begun.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, writing),
  };
}
