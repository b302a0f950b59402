/** What campaigns do: they are planned, cost money, are read and shared, and win orders. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import { campaignsWithin, type DemoCampaign } from './campaign-plans.ts';
import { channels } from './catalogue.ts';
import { kept } from './kept.ts';
import { randomFor, type Random } from './random.ts';
import { DAY_MS, fineFrom, firstDayOf, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

/** Campaign spend is booked every so many minutes; one slot in the business day's 1,440 minutes. */
const SPEND_EVERY_MINUTES = 10;
const ENGAGEMENT_EVERY_MINUTES = 3;
/** People go on talking for so long after a campaign. */
const TAIL_MS = 3 * DAY_MS;
const engagementPlatforms = [
  { name: '小红书', share: 0.45 },
  { name: '抖音', share: 0.4 },
  { name: '微博', share: 0.15 },
] as const;

/** The campaigns that are planned, run or are reviewed on a business day. */
export const campaignsOf = kept(256, (world, day): readonly DemoCampaign[] =>
  campaignsWithin(world.calendar, world.calendar.dayOf(world.origin), day, day + 1),
);

export const runsOn = ({ firstDay, lastDay }: DemoCampaign, day: number): boolean => day >= firstDay && day <= lastDay;

/** The campaign an order of this channel and day belongs to, if any. */
export function attributedCampaign(world: DemoWorld, random: Random, day: number, channel: string): DemoCampaign | undefined {
  let left = random.next();
  for (const c of campaignsOf(world, day)) {
    if (!runsOn(c, day) || !c.plan.channels.includes(channel)) continue;
    if ((left -= c.pull) < 0) return c;
  }
  return undefined;
}

/** Share of all orders by channel. */
const shareOf = new Map(channels.map(({ name, weight }) => [name as string, weight / channels.reduce((sum, c) => sum + c.weight, 0)]));

/** How much of an ordinary day's sales the campaigns of a day add. */
export function campaignLift(world: DemoWorld, day: number): number {
  return campaignsOf(world, day)
    .filter((c) => day >= c.burstFrom && day <= c.lastDay)
    .reduce((lift, c) => lift + c.pull * c.plan.channels.reduce((sum, name) => sum + (shareOf.get(name) ?? 0), 0), 0);
}

/** What is known of campaigns on the morning of the day the demo began: plans, and what each was read and shared until then. */
export function campaignHistory(world: DemoWorld): DemoEvent[] {
  const { dayOf, startOfDay } = world.calendar;
  const today = dayOf(world.origin);
  return campaignsWithin(world.calendar, today, firstDayOf(world), today).flatMap((c) => {
    const events: DemoEvent[] = plannedAt(world, c) < fineFrom(world) ? [planned(world, c)] : [];
    const counted = Math.min(fineFrom(world), startOfDay(c.lastDay + 1) + TAIL_MS) - MINUTE_MS;
    events.push(...engagementPlatforms.flatMap((p) => engagement(world, c, p, counted)));
    return events;
  });
}

/**
 * Plans of campaigns that are not over by `at`, were known by then and are not stored: a demo that an earlier program filled
 * holds other campaigns than this one goes on with, and a campaign never costs money without a plan.
 */
export function plansOwed(world: DemoWorld, stored: ReadonlySet<string>, at: number): DemoEvent[] {
  const { dayOf } = world.calendar;
  const tail = dayOf(at - TAIL_MS);
  return campaignsWithin(world.calendar, dayOf(world.origin), tail, dayOf(at) + 1)
    .filter((c) => plannedAt(world, c) <= at && !stored.has(c.plan.campaignId))
    .map((c) => planned(world, c));
}

const plannedAt = (world: DemoWorld, c: DemoCampaign): number => world.calendar.startOfDay(c.plannedOn) + 10 * 3_600_000;

function planned(world: DemoWorld, c: DemoCampaign): DemoEvent {
  return event(plannedAt(world, c), 'campaign.planned', `${c.plan.campaignId}-plan`, c.plan);
}

/** What campaigns cost on a past day. It is told with the sales of that day, so that a return is never one of spend alone. */
export function campaignSpend(world: DemoWorld, day: number): DemoEvent[] {
  return campaignsOf(world, day)
    .filter((c) => runsOn(c, day))
    .flatMap((c) => daySpend(world, c, day));
}

/** A past day's spend, one entry a channel. */
function daySpend(world: DemoWorld, c: DemoCampaign, day: number): DemoEvent[] {
  const perDay = evenDailySpend(c) * randomFor(world.seed, 'spend', c.plan.campaignId, day).between(92, 108) * 0.01;
  return c.plan.channels.map((channel) =>
    spend(
      world.calendar.startOfDay(day) + 20 * 3_600_000,
      `${c.plan.campaignId}-${day}-${channel}`,
      c,
      channel,
      perDay / c.plan.channels.length,
    ),
  );
}

const overheadKinds = [
  { kind: 'agency', line: 'online', share: 0.4 },
  { kind: 'production', line: 'online', share: 0.3 },
  { kind: 'labour', line: 'offline', share: 0.2 },
  { kind: 'training', line: 'training', share: 0.1 },
] as const;
/** What a day costs besides campaigns, minor units: with them about a tenth of its sales. */
const OVERHEADS = 1_600_000;

/** Spend of a day that belongs to no campaign, booked at eight in the evening. */
export function overheads(world: DemoWorld, day: number): DemoEvent[] {
  const at = world.calendar.startOfDay(day) + 20 * 3_600_000;
  return overheadKinds.map(({ kind, line, share }, i) => {
    const random = randomFor(world.seed, 'overheads', day, kind);
    const entryId = `OV-${day}-${kind}`;
    const amount = Math.round(OVERHEADS * share * (0.8 + 0.4 * random.next()));
    return event(at + i * 1_000, 'campaign.spend', entryId, { entryId, version: 1, channel: '官网', kind, line, amount });
  });
}

/** What the campaigns do within one minute (UTC minute number) of the fine days. */
export function campaignEvents(world: DemoWorld, minute: number): DemoEvent[] {
  const at = minute * MINUTE_MS;
  const day = world.calendar.dayOf(at);
  return campaignsOf(world, day).flatMap((c) => {
    const index = c.firstDay % SPEND_EVERY_MINUTES;
    const events: DemoEvent[] = [];
    if (plannedAt(world, c) >= at && plannedAt(world, c) < at + MINUTE_MS) events.push(planned(world, c));
    if (runsOn(c, day) && (minute + index * 2) % SPEND_EVERY_MINUTES === 0) {
      const random = randomFor(world.seed, 'spend', c.plan.campaignId, minute);
      const amount = ((evenDailySpend(c) * SPEND_EVERY_MINUTES) / 1_440) * (0.9 + 0.2 * random.next());
      events.push(spend(at + random.between(0, 59_000), `${c.plan.campaignId}-${minute}`, c, random.pick(c.plan.channels), amount));
    }
    engagementPlatforms.forEach((p, n) => {
      if ((minute + index + n) % ENGAGEMENT_EVERY_MINUTES === 0) events.push(...engagement(world, c, p, at + index * 7_000 + n * 2_000));
    });
    return events;
  });
}

/** Even plan times the campaign's own pace, 分 a day. */
function evenDailySpend(c: DemoCampaign): number {
  return (c.plan.budget / (c.lastDay - c.firstDay + 1)) * c.pace;
}

function spend(at: number, entryId: string, c: DemoCampaign, channel: string, amount: number): DemoEvent {
  const offline = c.plan.kind === 'offline';
  return event(at, 'campaign.spend', entryId, {
    entryId,
    version: 1,
    campaignId: c.plan.campaignId,
    channel,
    kind: offline ? 'event' : 'media',
    line: offline ? 'offline' : 'online',
    amount: Math.round(amount),
  });
}

/** Totals so far, so that the newest report is the whole truth; nothing before the start. */
function engagement(world: DemoWorld, c: DemoCampaign, platform: (typeof engagementPlatforms)[number], at: number): DemoEvent[] {
  const start = world.calendar.startOfDay(c.firstDay);
  const end = world.calendar.startOfDay(c.lastDay + 1);
  if (at < start || at >= end + TAIL_MS) return [];
  // A steady growth with the tail that talk has after a campaign.
  const share = Math.min(1, (at - start) / (end - start)) + Math.max(0, at - end) / (end - start) / 8;
  const reads = Math.round((c.plan.targets.reads ?? 0) * platform.share * c.echo * share);
  const data = {
    campaignId: c.plan.campaignId,
    platform: platform.name,
    version: Math.floor((at - start) / MINUTE_MS) + 1,
    reads,
    likes: Math.round(reads / 21),
    shares: Math.round(reads / 148),
    reach: Math.round(reads * 1.6),
  };
  return [event(at, 'campaign.engagement', `${data.campaignId}-${data.platform}-${data.version}`, data)];
}

function event<T extends EventType>(at: number, type: T, id: string, data: EventData<T>): DemoEvent {
  return { at, event: { type, id, source: '/demo/campaigns', occurredAt: at, data } as DemoEvent['event'] };
}
