/** What an incident's row says of it, for the transaction as for the reads. */
import type { Evidence } from '../../../shared/incidents/evidence.ts';
import type { SeverityView } from '../../../shared/incidents/severity.ts';
import type { IncidentStatus, PauseView } from '../../../shared/incidents/types.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import { numberIn, numberOrNullIn, textIn, textOrNullIn } from './row-values.ts';

type Fields = Exclude<keyof Incident, 'storyKey' | 'number' | 'resolvedAt' | 'clocks'>;

export function incidentFields(row: Readonly<Record<string, unknown>>): Pick<Incident, Fields> {
  const pause = textOrNullIn(row, 'pause');
  return {
    id: textIn(row, 'id'),
    version: numberIn(row, 'version'),
    status: row['status'] as IncidentStatus,
    title: textIn(row, 'title'),
    brand: textIn(row, 'brand'),
    storyId: textOrNullIn(row, 'story_id'),
    openedAt: numberIn(row, 'opened_at'),
    publishedAt: numberIn(row, 'published_at'),
    detectedAt: numberIn(row, 'detected_at'),
    hops: {
      receivedAt: numberIn(row, 'received_at'),
      classifiedAt: numberIn(row, 'classified_at'),
      routedAt: numberOrNullIn(row, 'routed_at'),
    },
    owner: textOrNullIn(row, 'owner'),
    response: textOrNullIn(row, 'response'),
    respondedBy: textOrNullIn(row, 'responded_by'),
    evidence: parsed<readonly Evidence[]>(textIn(row, 'evidence')),
    severity: parsed<SeverityView>(textIn(row, 'severity')),
    topic: textIn(row, 'topic'),
    kind: textIn(row, 'kind') === 'daily' ? 'daily' : 'story',
    product: textOrNullIn(row, 'product'),
    mergedInto: textOrNullIn(row, 'merged_into'),
    pause: pause === null ? null : parsed<PauseView>(pause),
    drill: numberIn(row, 'drill') === 1,
  };
}

/** JSON of a column that only the store writes. */
function parsed<T>(text: string): T {
  return JSON.parse(text);
}
