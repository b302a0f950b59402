/**
 * Mentions this system sends to itself: those of the watchdog, which show that alerts work, and those of drills. They go
 * through log, story, clock and outbox like any other, end at the dry end, and are in no figure, trend or list of mentions.
 */
export const WATCHDOG_SOURCE = 'urn:warroom:watchdog';
export const DRILL_SOURCE = 'urn:warroom:drill';

export function isSynthetic(source: string): boolean {
  return source === WATCHDOG_SOURCE || source === DRILL_SOURCE;
}

/** Only this system may send events of these sources: anybody else's mention would be hidden from every figure by its source. */
export const isReserved = (source: string): boolean => source.startsWith('urn:warroom:');

/** Story keys of synthetic incidents; no other key begins like this. */
export const watchdogStory = (round: string): string => `watchdog ${round}`;
export const drillStory = (id: string): string => `drill ${id}`;
