/** Given what happened, when something is asked, then what happens: incidents as sequences of their own events. */
import { decideCommand, type SingleCommand } from '../../../../server/domain/incidents/decide-command.ts';
import type { StoryMention } from '../../../../server/domain/incidents/decide-mentions.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import { isIncidentRefusal } from '../../../../server/domain/incidents/refusal.ts';
import type { IncidentEvent } from '../../../../server/domain/incidents/events.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';

export const minute = 60_000;
export const hour = 60 * minute;
/** 2026-11-23T04:44:56Z */
export const T0 = 1_795_409_096_000;
export const sla = { responseMs: 2 * hour, disposalMs: 24 * hour };

export const mention = (key: string, over: Partial<StoryMention> = {}): StoryMention => ({
  key,
  brand: '山澜',
  storyId: 'S-X5-leak',
  title: 'X5 漏水',
  platform: '微博',
  reach: 0,
  publishedAt: T0 - 10 * minute,
  detectedAt: T0,
  receivedAt: over.detectedAt ?? T0,
  classifiedAt: over.detectedAt ?? T0,
  dutyAt: over.detectedAt ?? T0,
  ...over,
});

export const opened = (at = T0): IncidentEvent => ({
  action: 'opened',
  at,
  actor: 'system',
  detail: {
    id: 'i1',
    storyKey: 'story 1',
    number: 17,
    title: 'X5 漏水',
    brand: '山澜',
    storyId: 'S-X5-leak',
    publishedAt: at - 10 * minute,
    detectedAt: at,
    count: 1,
    mentions: ['m1'],
    startedAt: at,
    sla,
  },
});

/** The incident after these events; every one counts as a change of its own. */
export function given(...events: IncidentEvent[]): Incident {
  let incident: Incident | undefined;
  for (const event of events) incident = { ...evolve(incident, event), version: (incident?.version ?? 0) + 1 };
  if (incident === undefined) throw new Error('given needs an event');
  return incident;
}

type Asked = SingleCommand extends infer C ? (C extends SingleCommand ? Omit<C, 'commandId' | 'expectedVersion'> : never) : never;

/** What a command with the right version does at `at`: its events, or the refusal. */
export function when(incident: Incident, asked: Asked, at: number, expectedVersion = incident.version): ReturnType<typeof decideCommand> {
  return decideCommand(incident, { ...asked, commandId: 'c', expectedVersion } as SingleCommand, { arrivedAt: at, sla });
}

/** The same, applied. */
export function after(incident: Incident, asked: Asked, at: number): Incident {
  const answer = when(incident, asked, at);
  if (isIncidentRefusal(answer)) throw new Error(`refused: ${answer.code}`);
  return { ...answer.reduce<Incident>((state, event) => evolve(state, event), incident), version: incident.version + 1 };
}

export const actions = (answer: ReturnType<typeof decideCommand>): readonly string[] =>
  isIncidentRefusal(answer) ? [`refused ${answer.code}`] : answer.map((event) => event.action);

export const clockOf = (incident: Incident, name: 'response' | 'disposal', generation = 1): Incident['clocks'][number] => {
  const clock = incident.clocks.find((c) => c.name === name && c.generation === generation);
  if (clock === undefined) throw new Error('no such clock');
  return clock;
};
