/**
 * Where a campaign stands: the phase to show and how much of its warm-up and burst
 * is over. Phases are planned days, both ends inclusive; `campaign.phase` says one
 * began, and the latest word wins: an announcement stands until the plan begins a later phase.
 */
import type { CampaignRow } from '../../../shared/wire/views/overview.ts';
import type { Calendar } from '../time/calendar.ts';
import { parseDay } from '../time/calendar.ts';
import { elapsedShare } from '../time/period.ts';
import type { CampaignKnown } from './campaign-facts.ts';

export interface Progress {
  readonly phase: CampaignRow['phase'];
  readonly phaseDay: number | null;
  readonly phaseDays: number | null;
  /** Business days: first of the warm-up, and the day after the last of the burst. */
  readonly startsOn: number;
  readonly burstEnds: number;
  /** Elapsed share of warm-up and burst, continuous, 0 … 1. */
  readonly elapsed: number;
}

const phaseNames = ['warmup', 'burst', 'review'] as const;
type PhaseName = (typeof phaseNames)[number];
/** Half-open range of business days. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export function campaignProgress(campaign: CampaignKnown, calendar: Calendar, now: number): Progress {
  const { warmup, burst, review } = campaign.plan.data.phases;
  const spans: Record<PhaseName, Span> = { warmup: span(warmup), burst: span(burst), review: span(review) };
  const bounds = { startsOn: Math.min(spans.warmup.from, spans.burst.from), burstEnds: Math.max(spans.warmup.to, spans.burst.to) };
  const elapsed = elapsedOf(union(spans.warmup, spans.burst), calendar, now);
  return { ...bounds, elapsed, ...shownPhase(campaign, spans, calendar, now) };
}

function shownPhase(
  { phase: announced, ended }: CampaignKnown,
  spans: Record<PhaseName, Span>,
  calendar: Calendar,
  now: number,
): Pick<Progress, 'phase' | 'phaseDay' | 'phaseDays'> {
  const nothing = { phaseDay: null, phaseDays: null };
  if (ended && ended.occurredAt <= now) return { phase: 'ended', ...nothing };
  const today = calendar.dayOf(now);
  const planned = phaseNames.findLast((name) => spans[name].from <= today);
  const announcedDay = announced && announced.occurredAt <= now ? calendar.dayOf(announced.occurredAt) : undefined;
  if (
    announced &&
    announcedDay !== undefined &&
    (planned === undefined || announcedDay >= spans[planned].from || announced.data.phase === planned)
  ) {
    return running(announced.data.phase, announcedDay, spans, today);
  }
  if (planned === undefined) return { phase: 'before', ...nothing };
  return running(planned, spans[planned].from, spans, today);
}

/**
 * A phase counts its days from where it really began to its planned end, or for its planned
 * length when it began after that. Past them it shows no day; past the review the campaign is over.
 */
function running(
  name: PhaseName,
  began: number,
  spans: Record<PhaseName, Span>,
  today: number,
): Pick<Progress, 'phase' | 'phaseDay' | 'phaseDays'> {
  const { from, to } = spans[name];
  const days = (began < to ? to : began + to - from) - began;
  const day = today - began + 1;
  if (day <= days) return { phase: name, phaseDay: day, phaseDays: days };
  return { phase: name === 'review' ? 'ended' : name, phaseDay: null, phaseDays: null };
}

function span(days: { from: string; to: string }): Span {
  const from = parseDay(days.from);
  const to = parseDay(days.to);
  if (from === undefined || to === undefined) throw new Error(`a planned phase has no such days: ${days.from} to ${days.to}`);
  return { from, to: to + 1 };
}

/** The days of two spans, none twice; a gap between them stays one. */
function union(a: Span, b: Span): readonly Span[] {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  if (second.from > first.to) return [first, second];
  return [{ from: first.from, to: Math.max(first.to, second.to) }];
}

function elapsedOf(spans: readonly Span[], calendar: Calendar, now: number): number {
  const days = spans.reduce((sum, s) => sum + (s.to - s.from), 0);
  return spans.reduce((sum, s) => sum + elapsedShare(calendar, s, now) * ((s.to - s.from) / days), 0);
}
