/** The audit trail of an incident: pages of whole lines, and the short end of it that comes with the incident. */
import { storedEvidence } from '../../../../shared/incidents/evidence.ts';
import type { AuditLine } from '../../../../shared/incidents/types.ts';
import { excerpt } from '../../../../shared/text/excerpt.ts';
import { MENTIONS_NAMED } from '../../../domain/incidents/events.ts';
import type { Page, PageQuery } from '../../../pipeline/ports/page.ts';
import type { Row } from '../fact-tables.ts';
import { withinBytes } from './bounded-rows.ts';
import type { Reader } from './reader.ts';
import { numberIn, textIn } from '../row-values.ts';

const PAGE_BYTES = 1_000_000;
/** Newest lines of anybody, and newest of people, that come with an incident: a spreading story must not hide who claimed it. */
const NEWEST = 30;
const NEWEST_OF_PEOPLE = 30;
const BOUNDED_BYTES = 48_000;
/** Code points of one text of such a line. */
const TEXT = 1_000;

const columns = 'seq, at, actor, action, detail';

export function readAudit(reader: Reader, incidentId: string, { limit, after }: PageQuery): Page<AuditLine> | undefined {
  const row = reader.rows('select audit_count from incidents where id = ?').get(incidentId);
  if (!row) return undefined;
  const lines = reader
    .rows(`select ${columns} from audit where incident_id = ? and seq < ? order by seq desc limit ?`)
    .all(incidentId, after?.[0] ?? Number.MAX_SAFE_INTEGER, limit + 1)
    .map(lineOf);
  const shown = withinBytes(lines.slice(0, limit), PAGE_BYTES, (line) => line);
  const last = shown.at(-1);
  return { rows: shown, total: numberIn(row, 'audit_count'), next: shown.length < lines.length && last ? [last.seq, 0] : null };
}

/** Oldest first, with long texts cut. */
export function boundedAudit(reader: Reader, incidentId: string): AuditLine[] {
  const rows = reader
    .rows(
      `select ${columns} from (
         select * from (select ${columns} from audit where incident_id = ?1 order by seq desc limit ${NEWEST})
         union select * from (select ${columns} from audit where incident_id = ?1 and actor <> 'system' order by seq desc limit ${NEWEST_OF_PEOPLE})
       ) order by seq desc`,
    )
    .all(incidentId)
    .map((row) => shortened(lineOf(row)));
  return withinBytes(rows, BOUNDED_BYTES, (line) => line).toReversed();
}

function lineOf(row: Row): AuditLine {
  return {
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    actor: textIn(row, 'actor'),
    action: textIn(row, 'action'),
    detail: asNow(JSON.parse(textIn(row, 'detail')) as AuditLine['detail']),
  };
}

/**
 * Lines of older programs name every mention that joined; now a line says how many, and names a few. They keep evidence
 * as plain strings; now it says what it is.
 */
function asNow(detail: AuditLine['detail']): AuditLine['detail'] {
  const { mentions, evidence } = detail;
  if (evidence !== undefined) return { ...detail, evidence: storedEvidence(evidence) };
  if (!Array.isArray(mentions) || mentions.length <= MENTIONS_NAMED) return detail;
  return { ...detail, count: mentions.length, mentions: mentions.slice(0, MENTIONS_NAMED) };
}

function shortened(line: AuditLine): AuditLine {
  const short = (value: unknown): unknown => {
    if (typeof value === 'string') return excerpt(value, TEXT);
    return Array.isArray(value) ? value.map(short) : value;
  };
  return { ...line, detail: Object.fromEntries(Object.entries(line.detail).map(([name, value]) => [name, short(value)])) };
}
