/** Sends a person's command and returns its outcome. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditLine, IncidentCommand, IncidentDetail, IncidentStatus } from '../../shared/incidents/types.ts';
import { sendCommand } from './api.ts';
import { newCommandId } from '../wire/command-id.ts';
import { isIncidentDetail, lastHumanAct, sameForPeople } from './conflict.ts';

type Kinds<C> = C extends IncidentCommand ? Omit<C, 'commandId' | 'expectedVersion' | 'actor'> : never;
export type CommandDraft = Kinds<IncidentCommand>;

export type CommandResult =
  | { readonly kind: 'done'; readonly type: CommandDraft['type']; readonly at: number }
  /** Another person acted first; `by` is what that person did, where it is known. */
  | { readonly kind: 'conflict'; readonly by: AuditLine | null; readonly status: IncidentStatus }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unreachable' };

export interface Acting {
  readonly busy: boolean;
  readonly result: CommandResult | null;
  act(draft: CommandDraft, actor: string): Promise<boolean>;
  forget(): void;
}

/** @param put receives the newest state of the incident, after a success and after a conflict */
export function useActing(detail: IncidentDetail, put: (detail: IncidentDetail) => void): Acting {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult | null>(null);
  // A draft keeps its command id until it is answered, so that pressing again after a lost answer does not act twice [C2].
  const open = useRef<{ draft: string; id: string } | null>(null);
  const sending = useRef(false);

  const send = async (draft: CommandDraft, actor: string, seen: IncidentDetail): Promise<CommandResult> => {
    const key = JSON.stringify([draft, actor, seen.id, seen.version]);
    if (open.current?.draft !== key) open.current = { draft: key, id: newCommandId() };
    const command = { ...draft, commandId: open.current.id, expectedVersion: seen.version, actor } as IncidentCommand;
    const answer = await sendCommand(seen.id, command);
    if (answer.outcome === 'unreachable') return { kind: 'unreachable' };
    open.current = null;
    if (answer.outcome === 'ok') {
      put(answer.value);
      return { kind: 'done', type: draft.type, at: answer.value.audit.at(-1)?.at ?? 0 };
    }
    const { present } = answer.problem;
    if (answer.outcome === 'refused' || !isIncidentDetail(present)) return { kind: 'refused', detail: answer.problem.detail };
    if (answer.problem.code === 'version_mismatch' && present.version !== seen.version && sameForPeople(seen, present)) {
      return send(draft, actor, present);
    }
    put(present);
    return { kind: 'conflict', by: lastHumanAct(present), status: present.status };
  };

  return {
    busy,
    result,
    act: async (draft, actor) => {
      // The second click of a double click comes before the button is drawn as busy.
      if (sending.current) return false;
      sending.current = true;
      setBusy(true);
      setResult(null);
      const outcome = await send(draft, actor, detail);
      sending.current = false;
      setBusy(false);
      setResult(outcome);
      return outcome.kind === 'done';
    },
    forget: useCallback(() => setResult(null), []),
  };
}

/** For so long after another story came under the pointer, its buttons do nothing: the click was meant for the one before. */
const DEAD_MS = 1_000;

/** False for a second after the page changed from one story to another, or from the list to a story. */
export function useSettled(id: string | null): boolean {
  const [settled, setSettled] = useState<string | null>(id);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(id), DEAD_MS);
    return () => window.clearTimeout(timer);
  }, [id]);
  return settled === id;
}
