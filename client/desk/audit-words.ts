/** The audit as people read it: acts of people as they are, runs of joined and changed mentions as one line. Pure. */
import { storedEvidence } from '../../shared/incidents/evidence.ts';
import type { AuditLine } from '../../shared/incidents/types.ts';

export interface AuditRow {
  readonly line: AuditLine;
  /** How many lines of the same kind it stands for. */
  readonly lines: number;
  /** How many mentions these lines are about. */
  readonly mentions: number;
  /** When the earliest of them happened, UTC ms. */
  readonly since: number;
}

const aboutMentions: ReadonlySet<string> = new Set(['mention_added', 'mention_changed']);

const mentionsIn = (line: AuditLine): number => {
  const { count } = line.detail;
  return typeof count === 'number' ? count : 1;
};

/** What happened, by a code of the catalogue: deleted and reclassified are different things, and so are calls in and before their time. */
export function actionOf(line: AuditLine): string {
  if (line.action === 'escalated' && line.detail['early'] === 'not_shown') return 'escalated_not_shown';
  if (line.action !== 'mention_changed') return line.action;
  const { what, deleted } = line.detail;
  if (what === 'deleted' || deleted === true) return 'mention_deleted';
  if (what === 'put_back') return 'mention_put_back';
  return what === 'reclassified' || typeof line.detail['polarity'] === 'string' ? 'mention_reclassified' : 'mention_changed';
}

/** Newest first; lines about mentions that follow one another are one row, also across what the system did between. */
export function foldedAudit(lines: readonly AuditLine[], peopleOnly: boolean): readonly AuditRow[] {
  const rows: AuditRow[] = [];
  let open: number | null = null;
  for (const line of lines.toSorted((a, b) => b.seq - a.seq)) {
    if (peopleOnly && line.actor === 'system' && line.action !== 'opened' && line.action !== 'clock_fired') continue;
    if (!aboutMentions.has(line.action) || line.actor !== 'system') {
      rows.push({ line, lines: 1, mentions: mentionsIn(line), since: line.at });
      // What a person did separates what came before from what came after.
      if (line.actor !== 'system') open = null;
      continue;
    }
    const row = open === null ? undefined : rows[open];
    if (open !== null && row && actionOf(row.line) === actionOf(line)) {
      rows[open] = { ...row, lines: row.lines + 1, mentions: row.mentions + mentionsIn(line), since: line.at };
    } else {
      open = rows.length;
      rows.push({ line, lines: 1, mentions: mentionsIn(line), since: line.at });
    }
  }
  return rows;
}

export const evidenceIn = (line: AuditLine): readonly string[] => storedEvidence(line.detail['evidence']).map(({ value }) => value);

/** The words of a person or of the server that belong to a line. */
export function noteOf(line: AuditLine): string {
  const { text, reason, note, to, code } = line.detail;
  const said = [text, reason, note].find((value) => typeof value === 'string');
  if (typeof said === 'string') return said;
  const target = [to, code].find((value) => typeof value === 'string');
  return typeof target === 'string' ? target : '';
}
