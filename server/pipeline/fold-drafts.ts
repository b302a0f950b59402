/** The facts one batch works on, and what its events did to them [I4]. */
import type { FactKind } from '../../shared/events/define.ts';
import { admit, openDraft, type Admission, type Draft } from '../domain/fold/admit.ts';
import type { FactVersion } from '../domain/facts.ts';
import type { Decoded } from './decode.ts';
import type { FactRef, StoreTx } from './ports.ts';

export type Drafts = Map<FactKind, Map<string, Draft>>;

export interface Drafted {
  readonly drafts: Drafts;
  /** One per event, in order. */
  readonly outcomes: readonly Admission[];
}

/** Loads the facts of all events at once, then admits the events in order. `breathe` yields between slices. */
export async function draftFacts(
  tx: StoreTx,
  events: readonly Decoded[],
  receivedAt: number,
  breathe: () => Promise<void> | undefined,
): Promise<Drafted> {
  const refs: FactRef[] = events.map(({ kind, key, event }) => ({ kind, key, version: event.data.version }));
  const loaded = await tx.loadFacts(refs);
  const drafts: Drafts = new Map();
  const outcomes: Admission[] = [];
  for (let i = 0; i < events.length; i++) {
    const { kind, key, event, body } = events[i] as Decoded;
    const stored = loaded[i];
    let ofKind = drafts.get(kind);
    if (!ofKind) drafts.set(kind, (ofKind = new Map()));
    let draft = ofKind.get(key);
    if (!draft) ofKind.set(key, (draft = openDraft(kind, key, event.source, stored?.fact)));
    const version = {
      type: event.type,
      version: event.data.version,
      occurredAt: event.occurredAt,
      receivedAt,
      data: event.data,
      body,
    } as FactVersion;
    outcomes.push(admit(draft, version, stored?.seen));
    if ((i & 127) === 127) await breathe();
  }
  return { drafts, outcomes };
}

/** Drafts of one kind. */
export function draftsOf(drafts: Drafts, kind: FactKind): ReadonlyMap<string, Draft> {
  return drafts.get(kind) ?? none;
}
const none: ReadonlyMap<string, Draft> = new Map();
