/** Incidents as people see them. Figures of a story are columns of its row: nothing here reads more mentions than it shows [T9]. */
import type { ClockName, ClockState, ClockView, IncidentDetail, IncidentView } from '../../../../shared/incidents/types.ts';
import { FIRE_BELOW_MS, SOON_BELOW_MS } from '../../../../shared/wire/constants.ts';
import type { UrgencyCounts } from '../../../../shared/wire/views/strip.ts';
import { closedStatuses } from '../../../../shared/incidents/status.ts';
import { excerpt } from '../../../../shared/text/excerpt.ts';
import type { RosterBook } from '../../../domain/escalation/roster.ts';
import { cursorOf, type Page, type PageQuery } from '../../../pipeline/ports/page.ts';
import type { Row } from '../fact-tables.ts';
import { boundedAudit } from './audit.ts';
import { readIncidentMentions } from './incident-mentions.ts';
import { readNextCall, readRosterBook } from './escalation.ts';
import type { Reader } from './reader.ts';
import { incidentFields } from '../incident-row.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';

const closed = `(${closedStatuses.map((status) => `'${status}'`).join(', ')})`;
/** The watchdog's stories are for nobody's eyes: they open and end within a minute. */
const notWatchdog = `substr(story_key, 1, 9) <> 'watchdog '`;
const lists = {
  open: {
    where: `status not in ${closed} and ${notWatchdog}`,
    page: `(due_at, number) > (?, ?) order by due_at, number`,
    start: [-1, 0],
    value: 'due_at',
  },
  closed: {
    where: `status in ${closed} and ${notWatchdog}`,
    page: `(resolved_at, number) < (?, ?) order by resolved_at desc, number desc`,
    start: [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    value: 'resolved_at',
  },
} as const;

/** Most platforms named; the story's row says how many there are. */
const PLATFORMS = 12;
const PLATFORMS_COUNTED = 1_000;
/** Of an answer in a list, code points. */
const RESPONSE_IN_LISTS = 200;
/** Mentions that come with an incident, and the bytes they may take. */
const MENTIONS = 50;
const MENTION_BYTES = 80_000;

export function readIncidents(reader: Reader, { open, limit, after }: PageQuery & { open: boolean }, now: number): Page<IncidentView> {
  const list = open ? lists.open : lists.closed;
  const book = readRosterBook(reader, now);
  const total = reader.rows(`select count(*) as n from incidents where ${list.where}`).get()?.['n'] as number;
  const rows = reader
    .rows(`select * from incidents where ${list.where} and ${list.page} limit ?`)
    .all(...(after ?? list.start), limit + 1)
    .map((row) => ({ view: viewOf(reader, row, book), place: [numberIn(row, list.value), numberIn(row, 'number')] as const }));
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.place ?? null) : null;
  return {
    rows: shown.map(({ view }) => ({ ...view, response: view.response && excerpt(view.response, RESPONSE_IN_LISTS) })),
    total,
    next,
  };
}

export function readOpenByDeadline(reader: Reader, now: number): UrgencyCounts {
  const row = reader
    .rows(
      `select count(*) filter (where due_at <= ?) as breached, count(*) filter (where due_at < ?) as fire,
       count(*) filter (where due_at < ?) as soon, count(*) as every from incidents where ${lists.open.where}`,
    )
    .get(now, now + FIRE_BELOW_MS, now + SOON_BELOW_MS);
  if (!row) return { breached: 0, fire: 0, soon: 0, calm: 0 };
  const [breached, fire, soon] = [numberIn(row, 'breached'), numberIn(row, 'fire'), numberIn(row, 'soon')];
  return { breached, fire: fire - breached, soon: soon - fire, calm: numberIn(row, 'every') - soon };
}

/** Reads one row by an index that holds unclaimed stories alone, however many others are open [T9]. */
export function readNearestUnclaimed(reader: Reader, now: number): IncidentView | null {
  const nearest = (dueAt: string) =>
    reader.rows(
      `select * from incidents where status = 'open' and drill = 0 and ${notWatchdog} and ${dueAt} order by due_at, number limit 1`,
    );
  const row = nearest('due_at > ? and due_at < ?').get(now, now + FIRE_BELOW_MS) ?? nearest('due_at >= ?').get(0);
  return row === undefined ? null : viewOf(reader, row, readRosterBook(reader, now));
}

export function readIncident(reader: Reader, id: string, now: number): IncidentDetail | undefined {
  const row = reader.rows('select * from incidents where id = ?').get(id);
  if (!row) return undefined;
  const mentions = readIncidentMentions(reader, id, { order: 'newest', limit: MENTIONS, after: null }, MENTION_BYTES);
  return {
    ...viewOf(reader, row, readRosterBook(reader, now)),
    evidence: incidentFields(row).evidence,
    mentions: mentions?.rows ?? [],
    mentionsNext: cursorOf(mentions?.next ?? null),
    audit: boundedAudit(reader, id),
    auditTotal: numberIn(row, 'audit_count'),
  };
}

function viewOf(reader: Reader, row: Row, book: RosterBook): IncidentView {
  const { hops, evidence: _evidence, ...fields } = incidentFields(row);
  const reach = numberIn(row, 'reach');
  const clocks = clocksOf(reader, fields.id);
  return {
    ...fields,
    hops: { publishedAt: fields.publishedAt, detectedAt: fields.detectedAt, ...hops },
    code: `A${numberIn(row, 'number')}`,
    mentionCount: numberIn(row, 'mention_count'),
    ...platformsOf(reader, fields.id),
    reach: Number.isSafeInteger(reach) ? reach : null,
    clocks,
    generation: clocks.reduce((top, clock) => Math.max(top, clock.generation), 0),
    next: readNextCall(reader, fields, book),
  };
}

function platformsOf(reader: Reader, id: string): Pick<IncidentView, 'platforms' | 'platformCount'> {
  const named = reader
    .rows('select platform from incident_platforms where incident_id = ? and mentions > 0 order by mentions desc, platform limit ?')
    .all(id, PLATFORMS);
  const platforms = named.map((row) => textIn(row, 'platform'));
  if (platforms.length < PLATFORMS) return { platforms, platformCount: platforms.length };
  const counted = reader
    .rows('select count(*) as n from (select 1 from incident_platforms where incident_id = ? and mentions > 0 limit ?)')
    .get(id, PLATFORMS_COUNTED);
  return { platforms, platformCount: counted?.['n'] as number };
}

function clocksOf(reader: Reader, incidentId: string): ClockView[] {
  const rows = reader.rows('select * from clocks where incident_id = ? order by generation, started_at, name desc').all(incidentId);
  return rows.map((row) => {
    const firedAt = numberOrNullIn(row, 'fired_at');
    const dueAt = numberIn(row, 'due_at');
    return {
      name: row['name'] as ClockName,
      generation: numberIn(row, 'generation'),
      startedAt: numberIn(row, 'started_at'),
      dueAt,
      state: row['state'] as ClockState,
      firedAt,
      latenessMs: numberOrNullIn(row, 'lateness_ms') ?? (firedAt === null ? null : Math.max(0, firedAt - dueAt)),
      stoppedAt: numberOrNullIn(row, 'stopped_at'),
      pausedMs: numberIn(row, 'paused_ms'),
    };
  });
}
