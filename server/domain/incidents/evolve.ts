/** What an incident becomes when something has happened. Total and pure; whether it may happen is decided elsewhere. */
import { armedClocks } from './clocks.ts';
import type { IncidentEvent, Outcome } from './events.ts';
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
    owner: null,
    response: null,
    resolvedAt: null,
    clocks: armedClocks(detail.startedAt, detail.sla, 1),
  };
}

/** Changes the named clocks of one generation and leaves every other as it is. */
function onClocks(incident: Incident, generation: number, change: (clock: Clock) => Clock): readonly Clock[] {
  return incident.clocks.map((clock) => (clock.generation === generation ? change(clock) : clock));
}

/** A breach stays a breach [T7] unless the answer turns out to have come in time; even then `firedAt` is kept. */
function stopped(clock: Clock, at: number, outcome: Outcome): Clock {
  return { ...clock, state: outcome === 'late' ? clock.state : 'met', stoppedAt: at };
}

export function evolve(before: Incident | undefined, event: IncidentEvent): Incident {
  if (event.action === 'opened') {
    if (before !== undefined) throw new Error(`incident ${before.id} is opened twice`);
    return opened(event);
  }
  if (before === undefined) throw new Error(`${event.action} happened to no incident`);
  const { at } = event;
  switch (event.action) {
    case 'mention_added': {
      const { publishedAt, detectedAt } = event.detail;
      return {
        ...before,
        publishedAt: Math.min(before.publishedAt, publishedAt),
        detectedAt: Math.min(before.detectedAt, detectedAt),
      };
    }
    case 'deadline_moved_earlier': {
      const { generation, clock: name, from, to } = event.detail;
      const move = (clock: Clock): Clock =>
        clock.name === name ? { ...clock, startedAt: clock.startedAt - (from - to), dueAt: to } : clock;
      const clocks = onClocks(before, generation, move);
      return { ...before, clocks, detectedAt: clocks.reduce((least, clock) => Math.min(least, clock.startedAt), before.detectedAt) };
    }
    case 'claimed':
      return { ...before, status: 'claimed', owner: event.detail.owner };
    case 'responded': {
      const { text, owner, generation, outcome } = event.detail;
      const stop = (clock: Clock): Clock => (clock.name === 'response' ? stopped(clock, at, outcome) : clock);
      return { ...before, status: 'responded', owner, response: text, clocks: onClocks(before, generation, stop) };
    }
    case 'resolved': {
      const { generation, outcome } = event.detail;
      const stop = (clock: Clock): Clock => (clock.name === 'disposal' ? stopped(clock, at, outcome) : clock);
      return { ...before, status: 'resolved', resolvedAt: at, clocks: onClocks(before, generation, stop) };
    }
    case 'false_alarm': {
      const lift = (clock: Clock): Clock => (clock.state === 'armed' ? { ...clock, state: 'void', stoppedAt: at } : clock);
      return { ...before, status: 'false_alarm', resolvedAt: at, clocks: onClocks(before, event.detail.generation, lift) };
    }
    case 'reopened': {
      const { generation, startedAt, sla } = event.detail;
      const clocks = [...before.clocks, ...armedClocks(startedAt, sla, generation)];
      return { ...before, status: 'open', owner: null, response: null, clocks };
    }
    case 'clock_fired': {
      const { clock: name, generation } = event.detail;
      const fire = (clock: Clock): Clock => (clock.name === name ? { ...clock, state: 'fired', firedAt: at } : clock);
      return { ...before, clocks: onClocks(before, generation, fire) };
    }
    case 'clock_corrected': {
      const { clock: name, generation, now } = event.detail;
      return { ...before, clocks: onClocks(before, generation, (clock) => (clock.name === name ? { ...clock, ...now } : clock)) };
    }
    case 'stamps_corrected':
      return { ...before, ...event.detail.now };
    case 'mention_changed':
    case 'breach_overturned':
      // Audit only: a person decides what a withdrawn mention means, and the answer itself stops the clock.
      return before;
  }
}

/** One change of one transaction: however much happened in it, the version rises by one [C2]. Undefined when nothing did. */
export function changeOf(before: Incident | undefined, events: readonly IncidentEvent[]): IncidentChange | undefined {
  if (events.length === 0) return undefined;
  const previousVersion = before?.version ?? 0;
  let incident = before;
  for (const event of events) incident = evolve(incident, event);
  return { incident: { ...(incident as Incident), version: previousVersion + 1 }, previousVersion, events };
}
