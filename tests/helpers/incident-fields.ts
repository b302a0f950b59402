/** What every story has besides its names and clocks, as a story is that nobody has touched yet. */
import { unjudged } from '../../shared/incidents/severity.ts';

const untouched = {
  respondedBy: null,
  severity: unjudged,
  topic: 'other',
  kind: 'story',
  product: null,
  mergedInto: null,
  pause: null,
  drill: false,
} as const;

/** Of the stored state. */
export const plainIncident = { ...untouched, evidence: [] } as const;

/** Of the view; the stations are those of `openedAt` unless a test says otherwise. */
export const plainView = (publishedAt: number, detectedAt: number, openedAt: number) => ({
  next: null,
  ...untouched,
  generation: 1,
  hops: { publishedAt, detectedAt, receivedAt: openedAt, classifiedAt: openedAt, routedAt: null },
});
