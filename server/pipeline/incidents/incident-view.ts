/** An incident as lists show it. */
import type { IncidentDetail, IncidentView } from '../../../shared/incidents/types.ts';

/** Leaves out mentions and audit. */
export function viewOf(detail: IncidentDetail): IncidentView {
  const { mentions: _mentions, audit: _audit, ...view } = detail;
  return view;
}
