/** Places on the time axis that all campaigns share. Shares of its width, 0 … 1; days are counted from its first one. */
import type { RunRow, RunsGroup } from '../../../shared/wire/views/campaigns.ts';

export interface PhaseBox {
  readonly name: 'warmup' | 'burst' | 'review';
  readonly from: number;
  readonly to: number;
  readonly state: 'past' | 'now' | 'next';
}

const PHASES = ['warmup', 'burst', 'review'] as const;

/** Parts outside of the axis are cut off; a phase wholly outside has no box. */
export function phaseBoxes(row: RunRow, days: number): readonly PhaseBox[] {
  const now = row.phase === 'before' ? -1 : PHASES.indexOf(row.phase);
  return PHASES.flatMap((name, i): PhaseBox[] => {
    const from = Math.max(0, row[name].from) / days;
    const to = Math.min(days, row[name].to) / days;
    if (to <= from) return [];
    return [{ name, from, to, state: i < now ? 'past' : i === now ? 'now' : 'next' }];
  });
}

export interface MonthMark {
  /** First day of the month, YYYY-MM-DD. */
  readonly day: string;
  readonly at: number;
}

const DAY_MS = 86_400_000;
/** Marks nearer than this to today's word, or to an edge, have no room for theirs. */
const ROOM = 0.15;
const EDGE = 0.06;

export const todayAt = ({ today, days }: RunsGroup['axis']): number => (today + 0.5) / days;

export function monthMarks(axis: RunsGroup['axis']): readonly MonthMark[] {
  const first = Date.parse(`${axis.from}T00:00:00Z`);
  const marks: MonthMark[] = [];
  for (let i = 0; i < axis.days; i += 1) {
    const day = new Date(first + i * DAY_MS).toISOString().slice(0, 10);
    const at = i / axis.days;
    if (day.endsWith('-01') && at >= EDGE && at <= 1 - EDGE && Math.abs(at - todayAt(axis)) >= ROOM) marks.push({ day, at });
  }
  return marks;
}
