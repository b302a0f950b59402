/** The order of a meeting: person after person, then what waits for others, then the minutes. Pure. */
export const meetingParts = ['promises', 'items', 'minutes'] as const;
export type MeetingPart = (typeof meetingParts)[number];

export interface Step {
  readonly part: MeetingPart;
  /** Whose turn it is; null = everybody, and in every part but that of the promises. */
  readonly who: string | null;
}

export function stepsOf(people: readonly { readonly who: string }[]): readonly Step[] {
  const persons = people.map(({ who }): Step => ({ part: 'promises', who }));
  const first: readonly Step[] = persons.length > 0 ? persons : [{ part: 'promises', who: null }];
  return [...first, { part: 'items', who: null }, { part: 'minutes', who: null }];
}

/** The step before or after a step; null at either end. From everybody the meeting begins with the first person. */
export function stepBeside(steps: readonly Step[], from: Step, by: 1 | -1): Step | null {
  const at = steps.findIndex(({ part, who }) => part === from.part && who === from.who);
  if (at < 0) return by === 1 ? (steps[0] ?? null) : null;
  return steps[at + by] ?? null;
}

/** The person after `turn`; the meeting begins anew behind the last one. */
export function personBeside(people: readonly { readonly who: string }[], turn: string | null, by: 1 | -1): string | null {
  if (people.length === 0) return null;
  const at = people.findIndex(({ who }) => who === turn);
  const next = at < 0 ? (by === 1 ? 0 : people.length - 1) : (at + by + people.length) % people.length;
  return people[next]?.who ?? null;
}

/**
 * People in the order in which the meeting began, and behind them those who came since: who has answered does not move, so
 * that the next one is the next one.
 */
export function inMeetingOrder<P extends { readonly who: string }>(people: readonly P[], began: readonly string[]): readonly P[] {
  const place = new Map(began.map((who, at) => [who, at]));
  const at = ({ who }: P) => place.get(who) ?? began.length;
  return people.toSorted((a, b) => at(a) - at(b));
}
