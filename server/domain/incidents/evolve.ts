/** What an incident becomes when something has happened. Total and pure; whether it may happen is decided elsewhere. */
import { storedEvidence } from '../../../shared/incidents/evidence.ts';
import { unjudged } from '../../../shared/incidents/severity.ts';
import { armedClocks } from './clocks.ts';
import { SYSTEM, type IncidentEvent, type Outcome } from './events.ts';
import type { Clock, Incident, IncidentChange } from './types.ts';

type Of<A extends IncidentEvent['action']> = Extract<IncidentEvent, { action: A }>;

function opened({ at, detail }: Of<'opened'>): Incident {
  const { id, storyKey, number, title, brand, storyId, publishedAt, detectedAt } = detail;
  return {
    id,
    storyKey,
    number,
    version: 0,
    status: 'open',
    title,
    brand,
    storyId,
    openedAt: at,
    publishedAt,
    detectedAt,
    hops: { receivedAt: detail.receivedAt ?? at, classifiedAt: detail.classifiedAt ?? at, routedAt: null },
    owner: null,
    response: null,
    respondedBy: null,
    evidence: [],
    resolvedAt: null,
    severity: detail.severity ?? unjudged,
    topic: detail.topic ?? 'other',
    kind: detail.kind ?? 'story',
    product: detail.product ?? null,
    mergedInto: null,
    pause: null,
    drill: detail.drill ?? false,
    clocks: armedClocks(detail.startedAt, detail.sla, 1).map((clock) => ({ ...clock, counts: detail.drill !== true })),
  };
}

type Stations = Pick<Incident, 'publishedAt' | 'detectedAt'> & Partial<Pick<Incident['hops'], 'receivedAt' | 'classifiedAt'>>;

/** Stations are kept at their earliest. */
function earlier(before: Incident, { publishedAt, detectedAt, receivedAt, classifiedAt }: Stations): Incident {
  const { hops } = before;
  return {
    ...before,
    publishedAt: Math.min(before.publishedAt, publishedAt),
    detectedAt: Math.min(before.detectedAt, detectedAt),
    hops: {
      ...hops,
      receivedAt: Math.min(hops.receivedAt, receivedAt ?? hops.receivedAt),
      classifiedAt: Math.min(hops.classifiedAt, classifiedAt ?? hops.classifiedAt),
    },
  };
}

/** Whoever acts on a story has it. */
function reached(before: Incident, { actor, at }: Pick<IncidentEvent, 'actor' | 'at'>): Incident {
  if (actor === SYSTEM || before.hops.routedAt !== null) return before;
  return { ...before, hops: { ...before.hops, routedAt: at } };
}

/** The first person it is brought to, by the ladder or by another way. */
const routed = (before: Incident, at: number): Incident => ({ ...before, hops: { ...before.hops, routedAt: before.hops.routedAt ?? at } });

/** Changes the named clocks of one generation and leaves every other as it is. */
function onClocks(incident: Incident, generation: number, change: (clock: Clock) => Clock): readonly Clock[] {
  return incident.clocks.map((clock) => (clock.generation === generation ? change(clock) : clock));
}

/** A breach stays a breach [T7] unless the answer turns out to have come in time; even then `firedAt` is kept. */
function stopped(clock: Clock, at: number, outcome: Outcome): Clock {
  return { ...clock, state: outcome === 'late' ? clock.state : 'met', stoppedAt: at };
}

type Happened<A extends IncidentEvent['action']> = (before: Incident, event: Of<A>) => Incident;

const onDisposal = (before: Incident, generation: number, change: (clock: Clock) => Clock): readonly Clock[] =>
  onClocks(before, generation, (clock) => (clock.name === 'disposal' ? change(clock) : clock));

/** A withdrawn mention or breach is for people to judge, and what was split off or restated is told by other changes. */
const unchanged = (before: Incident): Incident => before;

const happened: { readonly [A in Exclude<IncidentEvent['action'], 'opened'>]: Happened<A> } = {
  mention_added: (before, { detail }) => ({ ...earlier(before, detail), product: before.product ?? detail.product ?? null }),
  mention_changed: unchanged,
  breach_overturned: unchanged,
  escalated: (before, { at, detail: { people } }) => (people.length === 0 ? before : routed(before, at)),
  noted: unchanged,
  split: unchanged,
  sentiment_restated: unchanged,
  deadline_moved_earlier(before, { detail: { generation, clock: name, from, to } }) {
    const move = (clock: Clock): Clock => (clock.name === name ? { ...clock, startedAt: clock.startedAt - (from - to), dueAt: to } : clock);
    const clocks = onClocks(before, generation, move);
    return { ...before, clocks, detectedAt: clocks.reduce((least, clock) => Math.min(least, clock.startedAt), before.detectedAt) };
  },
  severity_changed: (before, { detail: { severity, topic, product = before.product } }) => ({
    ...before,
    topic,
    product,
    severity,
  }),
  severity_set: (before, { detail: { severity } }) => ({ ...before, severity }),
  routed: (before, { at }) => routed(before, at),
  claimed: (before, { detail }) => ({ ...before, status: 'claimed', owner: detail.owner }),
  handed_over: (before, { detail }) => ({ ...before, status: before.status === 'open' ? 'claimed' : before.status, owner: detail.to }),
  responded(before, { at, actor, detail: { text, evidence, owner, generation, outcome } }) {
    const stop = (clock: Clock): Clock => (clock.name === 'response' ? stopped(clock, at, outcome) : clock);
    const clocks = onClocks(before, generation, stop);
    return { ...before, status: 'responded', owner, response: text, respondedBy: actor, evidence: storedEvidence(evidence), clocks };
  },
  evidence_added: (before, { detail }) => ({ ...before, evidence: [...before.evidence, ...detail.evidence] }),
  resolved(before, { at, detail: { generation, outcome } }) {
    return {
      ...before,
      status: 'resolved',
      resolvedAt: at,
      clocks: onDisposal(before, generation, (clock) => stopped(clock, at, outcome)),
    };
  },
  false_alarm(before, { at, detail: { generation } }) {
    const lift = (clock: Clock): Clock => (clock.state === 'armed' ? { ...clock, state: 'void', stoppedAt: at } : clock);
    return { ...before, status: 'false_alarm', resolvedAt: at, clocks: onClocks(before, generation, lift) };
  },
  reopened(before, { detail: { generation, startedAt, sla } }) {
    const armed = armedClocks(startedAt, sla, generation).map((clock) => ({ ...clock, counts: !before.drill }));
    const clocks = [...before.clocks, ...armed];
    const anew = { owner: null, response: null, respondedBy: null, evidence: [], pause: null, mergedInto: null };
    return { ...before, ...anew, status: 'open', clocks };
  },
  merged(before, { at, detail: { into, generation } }) {
    const end = (clock: Clock): Clock => ({ ...clock, counts: false, ...(clock.state === 'armed' && { state: 'void', stoppedAt: at }) });
    return { ...before, status: 'merged', mergedInto: into, resolvedAt: at, clocks: onClocks(before, generation, end) };
  },
  absorbed(before, { detail }) {
    const taken = (clock: Clock): Clock => {
      const own = detail.clocks.find(({ clock: name, generation }) => name === clock.name && generation === clock.generation);
      return own === undefined ? clock : { ...clock, ...own.now };
    };
    return { ...earlier(before, detail), product: before.product ?? detail.product ?? null, clocks: before.clocks.map(taken) };
  },
  paused(before, { at, actor, detail: { generation, reason, secondActor, until, from, to } }) {
    const clocks = onDisposal(before, generation, (clock) => ({ ...clock, dueAt: to, pausedMs: clock.pausedMs + (to - from) }));
    return { ...before, clocks, pause: { since: at, until, reason, by: actor, secondBy: secondActor } };
  },
  resumed(before, { detail: { generation, from, to } }) {
    const clocks = onDisposal(before, generation, (clock) => ({ ...clock, dueAt: to, pausedMs: clock.pausedMs + (to - from) }));
    return { ...before, clocks, pause: null };
  },
  clock_fired(before, { at, detail: { clock: name, generation } }) {
    const fire = (clock: Clock): Clock => (clock.name === name ? { ...clock, state: 'fired', firedAt: at } : clock);
    return { ...before, clocks: onClocks(before, generation, fire) };
  },
  clock_corrected(before, { detail: { clock: name, generation, now } }) {
    return { ...before, clocks: onClocks(before, generation, (clock) => (clock.name === name ? { ...clock, ...now } : clock)) };
  },
  stamps_corrected: (before, { detail }) => ({ ...before, ...detail.now }),
};

/** Asks the table for the change of one kind of event, so that each line of it knows the details of its own. */
function after<A extends Exclude<IncidentEvent['action'], 'opened'>>(before: Incident, event: Of<A>, action: A): Incident {
  return happened[action](before, event);
}

export function evolve(before: Incident | undefined, event: IncidentEvent): Incident {
  if (event.action === 'opened') {
    if (before !== undefined) throw new Error(`incident ${before.id} is opened twice`);
    return reached(opened(event), event);
  }
  if (before === undefined) throw new Error(`${event.action} happened to no incident`);
  return reached(after(before, event, event.action), event);
}

/** One change of one transaction: however much happened in it, the version rises by one [C2]. Undefined when nothing did. */
export function changeOf(before: Incident | undefined, events: readonly IncidentEvent[]): IncidentChange | undefined {
  if (events.length === 0) return undefined;
  const previousVersion = before?.version ?? 0;
  let incident = before;
  for (const event of events) incident = evolve(incident, event);
  return { incident: { ...(incident as Incident), version: previousVersion + 1 }, previousVersion, events };
}
