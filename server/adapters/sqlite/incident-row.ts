/** What an incident's row says of it, for the transaction as for the reads. */
import type { IncidentStatus } from '../../../shared/incidents/types.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import { numberIn, textIn, textOrNullIn } from './row-values.ts';

type Fields =
  'id' | 'version' | 'status' | 'title' | 'brand' | 'storyId' | 'openedAt' | 'publishedAt' | 'detectedAt' | 'owner' | 'response';

export function incidentFields(row: Readonly<Record<string, unknown>>): Pick<Incident, Fields> {
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
    owner: textOrNullIn(row, 'owner'),
    response: textOrNullIn(row, 'response'),
  };
}
