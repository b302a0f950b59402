/** What campaigns do: they are planned, cost money, are read and shared, and win orders. */
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import type { DemoCampaign } from './campaign-plans.ts';
import { randomFor, type Random } from './random.ts';
import { DAY_MS, fineFrom, MINUTE_MS, type DemoEvent, type DemoWorld } from './world.ts';

/** Campaign spend is booked every so many minutes; one slot in the business day's 1,440 minutes. */
const SPEND_EVERY_MINUTES = 10;
const ENGAGEMENT_EVERY_MINUTES = 3;
const engagementPlatforms = [
  { name: '小红书', share: 0.45 },
  { name: '抖音', share: 0.4 },
  { name: '微博', share: 0.15 },
] as const;

/** The campaign an order of this channel and day belongs to, if any. */
export function attributedCampaign(world: DemoWorld, random: Random, day: number, channel: string): string | undefined {
  let left = random.next();
  for (const c of world.campaigns) {
    if (day < c.firstDay || day > c.lastDay || !c.plan.channels.includes(channel)) continue;
    if ((left -= c.pull) < 0) return c.plan.campaignId;
  }
  return undefined;
}

/** How much of an ordinary day's sales the campaigns of a day add. */
export function campaignLift(world: DemoWorld, day: number): number {
  return world.campaigns.filter((c) => day >= c.burstFrom && day <= c.lastDay).reduce((lift, c) => lift + c.pull * 0.4, 0);
}

/** Plans, known a month before they start, and the ends of campaigns already over. */
export function campaignHistory(world: DemoWorld): DemoEvent[] {
  return world.campaigns.flatMap((c) => {
    const { startOfDay, dayOf } = world.calendar;
    const planned = { at: Math.min(startOfDay(c.firstDay - 30), world.origin), type: 'campaign.planned', data: c.plan } as const;
    const events: DemoEvent[] = [event(planned.at, planned.type, `${c.plan.campaignId}-plan`, planned.data)];
    const today = dayOf(world.origin);
    for (let day = c.firstDay; day < today && day <= c.lastDay; day += 1) events.push(...daySpend(world, c, day));
    events.push(...engagementPlatforms.flatMap((p) => engagement(world, c, p, fineFrom(world) - MINUTE_MS)));
    return events;
  });
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
  return world.campaigns.flatMap((c, index) => {
    const events: DemoEvent[] = [];
    const running = day >= c.firstDay && day <= c.lastDay;
    if (running && (minute + index * 2) % SPEND_EVERY_MINUTES === 0) {
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
  if (at < start || at >= end + DAY_MS * 3) return [];
  // A steady growth with the tail that talk has after a campaign.
  const share = Math.min(1, (at - start) / (end - start)) + Math.max(0, at - end) / (end - start) / 8;
  const reads = Math.round((c.plan.targets.reads ?? 0) * platform.share * c.pace * share);
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
