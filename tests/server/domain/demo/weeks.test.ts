/** The demo as somebody watches it: for five weeks, each day in the morning, the afternoon and the evening. */
import { beforeAll, describe, expect, it } from 'vitest';
import { campaignEvents, runsOn } from '../../../../server/domain/demo/campaigns.ts';
import { campaignsWithin, type DemoCampaign } from '../../../../server/domain/demo/campaign-plans.ts';
import { demoCampaignPast, demoPastDay } from '../../../../server/domain/demo/day.ts';
import { marketDay } from '../../../../server/domain/demo/market.ts';
import { mentionEvents } from '../../../../server/domain/demo/mentions.ts';
import { orderEvents } from '../../../../server/domain/demo/orders.ts';
import { demoRoster } from '../../../../server/domain/demo/roster.ts';
import { staffCommand } from '../../../../server/domain/demo/staff.ts';
import { standupSteps } from '../../../../server/domain/demo/standup.ts';
import { storiesAround } from '../../../../server/domain/demo/stories.ts';
import { demoTargets } from '../../../../server/domain/demo/targets.ts';
import { demoWorld, minuteOf, MINUTE_MS, OWN_BRAND, type DemoEvent } from '../../../../server/domain/demo/world.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { plainView } from '../../../helpers/incident-fields.ts';

const HOUR_MS = 3_600_000;
const calendar = createCalendar('Asia/Shanghai');
/** A month ends within the five weeks, and a year. */
const origin = Date.parse('2026-11-30T14:50:00+08:00');
const world = demoWorld(1, origin, calendar);
const today = calendar.dayOf(origin);
const DAYS = 35;
const REFUND_LAG_DAYS = 7;
const RESPONSE_MS = 2 * HOUR_MS;

const days = Array.from({ length: DAYS }, (_, i) => today + 1 + i);
const moments = days.flatMap((day) => [9, 14, 21].map((hour) => calendar.startOfDay(day) + hour * HOUR_MS));
const told = moments.map((at) => [calendar.formatDay(calendar.dayOf(at)), calendar.hourOf(at), at] as const);

/** What a campaign has cost and brought by the end of a day, 分. */
interface Book {
  spend: number;
  margin: number;
  paid: number;
  costed: number;
}
const books = new Map<string, Map<number, Book>>();
const byDay = new Map<number, DemoEvent[]>();

function eventsOf(day: number): DemoEvent[] {
  const events = byDay.get(day) ?? [];
  byDay.set(day, events);
  return events;
}

function bookOf(campaignId: string, day: number): Book {
  const ofCampaign = books.get(campaignId) ?? new Map<number, Book>();
  books.set(campaignId, ofCampaign);
  const book = ofCampaign.get(day) ?? { spend: 0, margin: 0, paid: 0, costed: 0 };
  ofCampaign.set(day, book);
  return book;
}

beforeAll(() => {
  const campaignOf = new Map<string, string>();
  const take = ({ event, at }: DemoEvent): void => {
    const day = calendar.dayOf(at);
    if (event.type === 'campaign.spend' && event.data.campaignId) bookOf(event.data.campaignId, day).spend += event.data.amount;
    if (event.type === 'sales.order.paid' && event.data.campaignId) {
      const { campaignId, orderId, lines } = event.data;
      campaignOf.set(orderId, campaignId);
      const book = bookOf(campaignId, day);
      for (const { amount, cost } of lines) {
        book.paid += amount;
        if (cost === undefined) continue;
        book.costed += amount;
        book.margin += amount - cost;
      }
    }
    if (event.type === 'sales.order.refunded') {
      const campaignId = campaignOf.get(event.data.orderId);
      if (campaignId) bookOf(campaignId, day).margin -= event.data.amount;
    }
    if (event.type === 'competitor.move' || event.type === 'sentiment.mention') eventsOf(day).push({ event, at });
  };
  for (const e of demoCampaignPast(world)) take(e);
  for (let day = today - 30; day < today; day += 1) for (const e of demoPastDay(world, day)) take(e);
  // The parts that are looked at; people who engage are nine in ten of all events.
  for (let minute = minuteOf(calendar.startOfDay(today)); minute < minuteOf(calendar.startOfDay(today + DAYS + 1)); minute += 1) {
    for (const e of [...orderEvents(world, minute), ...campaignEvents(world, minute), ...mentionEvents(world, minute)]) take(e);
  }
  for (let day = today; day <= today + DAYS; day += 1) for (const e of marketDay(world, day)) take(e);
}, 240_000);

const phaseOf = (c: DemoCampaign, day: number): string => {
  if (day < c.firstDay) return 'before';
  if (day < c.burstFrom) return 'warmup';
  return day <= c.lastDay ? 'burst' : 'review';
};

/** What a campaign has come to by the evening before `day`. */
function standing(c: DemoCampaign, day: number) {
  const sum = { spend: 0, margin: 0, paid: 0, costed: 0, mature: 0 };
  for (const [of, book] of books.get(c.plan.campaignId) ?? []) {
    if (of >= day) continue;
    for (const key of ['spend', 'margin', 'paid', 'costed'] as const) sum[key] += book[key];
    if (of < day - REFUND_LAG_DAYS) sum.mature += book.paid;
  }
  return { roi: (sum.margin - sum.spend) / sum.spend, maturity: sum.mature / sum.paid, coverage: sum.costed / sum.paid, ...sum };
}

describe('the campaigns of the demo', () => {
  it.each(days.map((day) => [calendar.formatDay(day), day] as const))('have phases of every kind on %s', (_, day) => {
    const shown = campaignsWithin(calendar, today, day, day + 1);
    expect(shown.filter((c) => day >= c.firstDay).length).toBeGreaterThanOrEqual(3);
    expect(shown.length).toBeLessThanOrEqual(8);
    const phases = new Set(shown.map((c) => phaseOf(c, day)));
    expect(phases).toContain('burst');
    expect(phases.size).toBeGreaterThanOrEqual(3);
    expect(new Set(shown.map((c) => c.plan.shortName)).size).toBe(shown.length);
    // Beside the mark of a campaign that loses its money there is room for seven characters [8-SCREENS].
    for (const c of shown) expect(c.plan.shortName?.length).toBeLessThanOrEqual(7);
  });

  it.each(days.map((day) => [calendar.formatDay(day), day] as const))('have returns that a director believes on %s', (_, day) => {
    const judged = campaignsWithin(calendar, today, day, day + 1).filter((c) => day >= c.burstFrom);
    const standings = judged.map((c) => ({ id: c.plan.campaignId, ...standing(c, day) }));
    for (const { id, roi } of standings) {
      expect(roi, id).toBeGreaterThan(-0.6);
      expect(roi, id).toBeLessThan(1);
    }
    expect(Math.min(...standings.map(({ roi }) => roi))).toBeLessThan(-0.2);
    expect(standings.filter(({ roi }) => roi < 0).length).toBeLessThanOrEqual(2);
    const running = campaignsWithin(calendar, today, day, day + 1).filter((c) => runsOn(c, day) || day > c.lastDay);
    const all = running.map((c) => standing(c, day)).filter(({ spend }) => spend > 0);
    expect(Math.min(...all.map(({ maturity }) => maturity || 0))).toBeLessThan(0.6);
  });

  it('have windows on some of the days only, so that the share of a quarter they sell says something', () => {
    const quarter = Array.from({ length: 91 }, (_, i) => today - 45 + i);
    const inWindow = (day: number) =>
      campaignsWithin(calendar, today, day, day + 1).some((c) => c.plan.kind !== 'always-on' && day >= c.firstDay && day <= c.lastDay);
    const share = quarter.filter(inWindow).length / quarter.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.8);
  });

  it('earn well, a little and nothing, and one in some has lines without a cost', () => {
    const ended = campaignsWithin(calendar, today, today, today + DAYS).filter((c) => c.lastDay < today + DAYS && c.lastDay > today);
    const standings = ended.map((c) => ({ c, ...standing(c, today + DAYS + 1) }));
    const roi = (id: string) => standings.filter(({ c }) => c.plan.campaignId.endsWith(id)).map((s) => s.roi);
    expect(Math.max(...roi('theme'))).toBeLessThan(-0.2);
    expect(Math.max(...roi('renew'))).toBeGreaterThan(0.4);
    expect(standings.some((s) => s.roi > 0 && s.roi < 0.3)).toBe(true);
    const covered = standings.filter((s) => s.coverage < 0.97);
    expect(covered.length).toBeGreaterThan(0);
    expect(covered.every(({ c }) => c.gifts > 0)).toBe(true);
  });
});

describe.each(told)('the demo on %s at %i o’clock', (_, _hour, at) => {
  const day = calendar.dayOf(at);

  it('has a story whose clock runs, and none that nobody answered for hours', () => {
    const open = storiesAround(world, minuteOf(at)).filter(({ storyId, startMinute }) => {
      const age = at - startMinute * MINUTE_MS;
      return age >= 0 && unanswered(storyId, startMinute * MINUTE_MS, at);
    });
    expect(open.some(({ startMinute }) => at - startMinute * MINUTE_MS < RESPONSE_MS - 5 * MINUTE_MS)).toBe(true);
    for (const { startMinute } of open) expect(at - startMinute * MINUTE_MS).toBeLessThan(4 * HOUR_MS);
    expect(new Set(open.map(({ title }) => title)).size).toBe(open.length);
    const said = (byDay.get(day) ?? []).filter(
      (e) => e.at <= at && e.event.type === 'sentiment.mention' && e.event.data.brand === OWN_BRAND,
    );
    expect(said.length).toBeGreaterThan(100);
  });

  it('has goals, promises kept and missed, promises due, items that wait, and somebody on duty', () => {
    const goals = demoTargets(world, at).filter(({ grain, period }) => grain === 'day' && period === calendar.formatDay(day));
    expect(new Set(goals.map(({ kpi }) => kpi))).toEqual(new Set(['net_sales', 'valid_leads', 'new_customers']));
    const steps = standupSteps(world, at);
    const dueOn = (of: number) => {
      const name = calendar.formatDay(of);
      const moved = new Map(steps.flatMap((s) => (s.kind === 'answer' && s.command.type === 'move' ? [[s.of, s.command.due.day]] : [])));
      return steps.flatMap((s) => (s.kind === 'promise' && (moved.get(s.key) ?? s.document.due?.day) === name ? [s] : []));
    };
    const answers = new Set(
      steps.flatMap((s) => (s.kind === 'answer' && dueOn(day - 1).some(({ key }) => key === s.of) ? [s.command.type] : [])),
    );
    expect(answers).toContain('miss');
    // In the morning before the meeting has come to it, one may still be open.
    expect(answers).toContain('keep');
    const due = dueOn(day).map(({ document }) => `${document.who} ${document.what}`);
    expect(due.length).toBeGreaterThanOrEqual(3);
    expect(new Set(due).size).toBe(due.length);
    const closed = new Set(steps.flatMap((s) => (s.kind === 'close' ? [s.of] : [])));
    expect(steps.filter((s) => s.kind === 'item' && !closed.has(s.key)).length).toBeGreaterThanOrEqual(2);
    const { shifts } = demoRoster(world, at);
    expect(shifts.some(({ role, from, to }) => role === 'duty' && Date.parse(from) <= at && at < Date.parse(to))).toBe(true);
  });

  it('has a move of today, and over a month three to five competitors whose prices went both ways', () => {
    const moves = Array.from({ length: 30 }, (__, i) => byDay.get(day - i) ?? [])
      .flat()
      .flatMap((e) => (e.event.type === 'competitor.move' && e.at <= at ? [{ at: e.at, ...e.event.data }] : []));
    expect(moves.some((move) => calendar.dayOf(move.at) === day)).toBe(true);
    const competitors = new Set(moves.map(({ competitor }) => competitor)).size;
    expect(competitors).toBeGreaterThanOrEqual(3);
    expect(competitors).toBeLessThanOrEqual(5);
    const amount = (text = '') => Number(text.replaceAll(/[¥,]/gu, ''));
    const steps = moves.filter(({ kind }) => kind === 'price').map(({ before, after }) => amount(after) - amount(before));
    expect(steps.filter((step) => step > 0).length).toBeGreaterThanOrEqual(2);
    expect(steps.filter((step) => step < 0).length).toBeGreaterThanOrEqual(2);
  });
});

/** Whether the demo's people have left a story without an answer until `at`. */
function unanswered(storyId: string, detectedAt: number, at: number): boolean {
  let status: 'open' | 'claimed' = 'open';
  for (let now = detectedAt; now <= at; now += MINUTE_MS) {
    const command = staffCommand(
      world,
      {
        ...{ id: storyId, code: 'A1', version: 1, status, title: '', brand: OWN_BRAND, storyId, owner: null, response: null, clocks: [] },
        ...{ openedAt: detectedAt, publishedAt: detectedAt, detectedAt, mentionCount: 1, platforms: [], platformCount: 1, reach: 1 },
        ...plainView(detectedAt, detectedAt, detectedAt),
      },
      now,
    );
    if (command?.type === 'claim') status = 'claimed';
    if (command?.type === 'respond') return false;
  }
  return true;
}
