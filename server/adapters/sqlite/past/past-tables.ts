/**
 * Tables as they were at a moment, laid over the store's own ones: a table of the temporary schema is found before the one of
 * the file, so every statement of the ordinary reads sees it. Each is laid out when a statement first names it. A table
 * without an entry here is kept only as it is now, and a statement that names it is refused: no answer about an earlier
 * moment is made from what holds today.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Calendar } from '../../../domain/time/calendar.ts';
import { Untold, type Moment } from '../../../pipeline/ports/past.ts';
import { factTables } from '../fact-tables.ts';
import { fillFactHistory, fillMentions, fillSmallKind, smallKinds } from './past-facts.ts';
import { fillIncidents } from './past-incidents.ts';
import { fillStandup } from './past-standup.ts';

export interface Standing extends Moment {
  readonly db: DatabaseSync;
  readonly calendar: Calendar;
  /** Earliest publication of mentions the question may be about, UTC ms; undefined = not said. */
  readonly mentionsFrom: number | undefined;
}
type Layer = (standing: Standing) => void;

const whole = (value: number): string => String(Math.trunc(value));
const view = (table: string, where: string): Layer => {
  return ({ db }) => db.exec(`create temp view ${table} as select * from main.${table} where ${where}`);
};
/** Rows that carry the instant at which people or this system wrote them, and are never changed. */
const stamped =
  (table: string, column: string): Layer =>
  (standing) =>
    view(table, `${column} <= ${whole(standing.at)}`)(standing);
/** As known now, what was dated back behind the moment counts too. */
const dated =
  (table: string, effective: string): Layer =>
  (standing) => {
    const at = whole(standing.at);
    view(table, standing.known === 'then' ? `set_at <= ${at}` : `(set_at <= ${at} or ${effective} <= ${at})`)(standing);
  };
const spikes: Layer = ({ db, at }) =>
  db.exec(`create temp view spikes as select brand, started_at, case when ended_at <= ${whole(at)} then ended_at end as ended_at, found_at,
    negative, total, usual from main.spikes where found_at <= ${whole(at)}`);

const incidents: Layer = ({ db, at }) => fillIncidents(db, at);
const mentions: Layer = ({ db, calendar, mentionsFrom, ...moment }) => {
  if (mentionsFrom === undefined) throw new Untold('mentions');
  fillMentions(db, calendar, moment, mentionsFrom);
};

/** By table; tables that are laid out together share one layer. */
export const layers: Readonly<Record<string, Layer>> = {
  /** What a store was made with. */
  meta: view('meta', 'true'),
  /** Which channels were on is not known of an earlier moment; without any, every contact of the roster counts. */
  channels: view('channels', 'false'),
  policies: dated('policies', 'effective_from'),
  targets: dated('targets', 'effective_at'),
  closings: stamped('closings', 'at'),
  audit: stamped('audit', 'at'),
  dismissed_mentions: stamped('dismissed_mentions', 'at'),
  campaign_decisions: stamped('campaign_decisions', 'at'),
  standup_audit: stamped('standup_audit', 'at'),
  standup_promises: ({ db, at }) => fillStandup(db, 'promise', at),
  standup_items: ({ db, at }) => fillStandup(db, 'item', at),
  spikes,
  mentions,
  incidents,
  clocks: incidents,
  incident_platforms: incidents,
  incident_mentions: incidents,
  escalation_steps: incidents,
  fact_history: ({ db, ...moment }) => fillFactHistory(db, moment),
  ...Object.fromEntries(
    smallKinds.map((kind): [string, Layer] => [
      factTables[kind].table,
      ({ db, calendar, ...moment }) => fillSmallKind(db, kind, calendar, moment),
    ]),
  ),
};

/** Layers that ask others, which are laid out before them. */
const needs: ReadonlyMap<Layer, readonly string[]> = new Map([
  [mentions, ['policies']],
  [incidents, ['policies']],
]);

export interface PastTables {
  /** Lays out what the statement names, or throws `Untold`. `mentionsFrom` as of `Standing`. */
  see(tables: readonly string[], mentionsFrom: number | undefined): void;
}

export function createPastTables(db: DatabaseSync, calendar: Calendar, moment: Moment): PastTables {
  const laid = new Set<Layer>();
  let mentionsSeen = Infinity;

  function lay(table: string, mentionsFrom: number | undefined): void {
    const layer = layers[table];
    if (layer === undefined) throw new Untold(table);
    if (table === 'mentions' && laid.has(layer) && (mentionsFrom ?? -Infinity) < mentionsSeen) {
      if (mentionsFrom === undefined) throw new Untold(table);
      db.exec('drop table temp.mentions');
      laid.delete(layer);
    }
    if (laid.has(layer)) return;
    for (const other of needs.get(layer) ?? []) lay(other, undefined);
    layer({ db, calendar, ...moment, mentionsFrom });
    laid.add(layer);
    if (table === 'mentions') mentionsSeen = mentionsFrom ?? Infinity;
  }

  return { see: (tables, mentionsFrom) => tables.forEach((table) => lay(table, mentionsFrom)) };
}
