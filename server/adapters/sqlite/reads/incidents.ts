/** Incidents with everything a person sees of them. */
import type { AuditLine, ClockName, ClockState, ClockView, IncidentDetail, IncidentStatus } from '../../../../shared/incidents/types.ts';
import type { MentionRow } from '../../../pipeline/ports/reads.ts';
import type { Row } from '../fact-tables.ts';
import { mentionOfRow } from './mention-row.ts';
import type { Reader } from './reader.ts';

const closed = `('resolved', 'false_alarm')`;
/** Nearest running deadline first; without one, by opening. */
const openOnes = `select i.* from incidents i where i.status not in ${closed}
  order by (select min(c.due_at) from clocks c where c.incident_id = i.id and c.state = 'armed') nulls last, i.opened_at, i.id limit ?`;
const closedOnes = `select i.* from incidents i where i.status in ${closed} order by coalesce(i.resolved_at, i.opened_at) desc, i.id limit ?`;

export function readIncidents(reader: Reader, { open, limit }: { open: boolean; limit: number }): IncidentDetail[] {
  return reader
    .rows(open ? openOnes : closedOnes)
    .all(limit)
    .map((row) => detail(reader, row));
}

export function readIncident(reader: Reader, id: string): IncidentDetail | undefined {
  const row = reader.rows('select * from incidents where id = ?').get(id);
  return row && detail(reader, row);
}

export function readAudit(reader: Reader, incidentId: string): AuditLine[] {
  const rows = reader.rows('select seq, at, actor, action, detail from audit where incident_id = ? order by seq').all(incidentId);
  return rows.map((row) => ({
    seq: row['seq'] as number,
    at: row['at'] as number,
    actor: row['actor'] as string,
    action: row['action'] as string,
    detail: JSON.parse(row['detail'] as string) as AuditLine['detail'],
  }));
}

function detail(reader: Reader, row: Row): IncidentDetail {
  const id = row['id'] as string;
  const mentions = mentionsOf(reader, id);
  return {
    id,
    code: `A${row['number'] as number}`,
    version: row['version'] as number,
    status: row['status'] as IncidentStatus,
    title: row['title'] as string,
    brand: row['brand'] as string,
    storyId: row['story_id'] as string | null,
    openedAt: row['opened_at'] as number,
    publishedAt: row['published_at'] as number,
    detectedAt: row['detected_at'] as number,
    owner: row['owner'] as string | null,
    response: row['response'] as string | null,
    mentionCount: mentions.length,
    platforms: [...new Set(mentions.map((m) => m.platform))],
    reach: mentions.reduce((sum, m) => sum + (m.reach ?? 0), 0),
    clocks: clocksOf(reader, id),
    mentions: mentions.map(({ key: _key, brand: _brand, ...mention }) => mention),
    audit: readAudit(reader, id),
  };
}

function mentionsOf(reader: Reader, incidentId: string): MentionRow[] {
  const rows = reader
    .rows('select m.* from incident_mentions i cross join mentions m on m.key = i.mention_key where i.incident_id = ? order by i.ordinal')
    .all(incidentId);
  return rows.flatMap((row) => mentionOfRow(row) ?? []);
}

function clocksOf(reader: Reader, incidentId: string): ClockView[] {
  const rows = reader.rows('select * from clocks where incident_id = ? order by generation, started_at, name desc').all(incidentId);
  return rows.map((row) => {
    const firedAt = row['fired_at'] as number | null;
    const dueAt = row['due_at'] as number;
    return {
      name: row['name'] as ClockName,
      generation: row['generation'] as number,
      startedAt: row['started_at'] as number,
      dueAt,
      state: row['state'] as ClockState,
      firedAt,
      latenessMs: (row['lateness_ms'] as number | null) ?? (firedAt === null ? null : Math.max(0, firedAt - dueAt)),
      stoppedAt: row['stopped_at'] as number | null,
    };
  });
}
