/** Which states of a story are its end. Without zod, so that pages may ask too. */

/** Nothing is owed any more: no clock of the story runs. */
export const closedStatuses = ['resolved', 'false_alarm', 'merged'] as const;
export type ClosedStatus = (typeof closedStatuses)[number];

export function isClosedStatus(status: string): status is ClosedStatus {
  return closedStatuses.some((closed) => closed === status);
}
