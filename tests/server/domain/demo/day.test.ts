import { describe, expect, it } from 'vitest';
import { plansOwed } from '../../../../server/domain/demo/campaigns.ts';
import { campaignsWithin } from '../../../../server/domain/demo/campaign-plans.ts';
import { toCloudEvent } from '../../../../server/domain/demo/cloud-event.ts';
import { demoEvents, demoEventsFrom, demoHistory, demoPastDay } from '../../../../server/domain/demo/day.ts';
import { DAY_PLAN } from '../../../../server/domain/demo/catalogue.ts';
import { pastStories } from '../../../../server/domain/demo/past-mentions.ts';
import { complaints } from '../../../../server/domain/demo/complaints.ts';
import { demoWorld, fineFrom, OWN_BRAND, type DemoEvent } from '../../../../server/domain/demo/world.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { eventDefinition, type EventData } from '../../../../shared/events/registry.ts';

const calendar = createCalendar('Asia/Shanghai');
const HOUR = 3_600_000;
const origin = Date.parse('2026-11-23T14:35:20+08:00');
const firstDay = calendar.parseDay('2026-11-16') as number;
const world = (seed = 7) => demoWorld(seed, origin, calendar);
const text = (events: Iterable<DemoEvent>) => [...events].map((e) => `${e.at} ${toCloudEvent(e.event)}`);
const isOwnComplaint = ({ event }: DemoEvent) =>
  event.type === 'sentiment.mention' && event.data.brand === OWN_BRAND && event.data.label === 'negative';

describe('the demo’s events', () => {
  it('are the same for the same seed, and others for another', () => {
    const hour = (seed: number) => text(demoEvents(world(seed), origin, origin + HOUR));
    expect(hour(7)).toEqual(hour(7));
    expect(hour(7)).not.toEqual(hour(8));
  });

  it('do not depend on how a stretch of time is cut', () => {
    const w = world();
    const cuts = [origin - HOUR, origin - 12_345, origin + 777, origin + HOUR];
    const whole = text(demoEvents(w, cuts[0] as number, cuts[3] as number));
    const pieces = [0, 1, 2].flatMap((i) => text(demoEvents(w, cuts[i] as number, cuts[i + 1] as number)));
    expect(pieces).toEqual(whole);
  });

  it('keep to the event contract, never speak of the future, and carry each id once', () => {
    const w = world();
    const all = [...demoHistory(w, firstDay), ...demoEvents(w, demoEventsFrom(w), origin + 3 * HOUR)];
    const ids = new Set<string>();
    for (const { at, event } of all) {
      const checked = eventDefinition(event.type)?.data.safeParse(event.data);
      expect(checked?.error?.issues, `${event.type} ${event.id}`).toBeUndefined();
      expect(event.occurredAt).toBeLessThanOrEqual(at);
      ids.add(`${event.source} ${event.type} ${event.id}`);
    }
    expect(ids.size).toBe(all.length);
  });

  it('name no campaign without a plan where the store was filled by another program, and plan none twice', () => {
    const w = world();
    const planOf = ({ event }: DemoEvent): string[] => (event.type === 'campaign.planned' ? [event.data.campaignId] : []);
    const named = ({ event }: DemoEvent): string[] => {
      const { data } = event;
      return event.type !== 'campaign.planned' && 'campaignId' in data && typeof data.campaignId === 'string' ? [data.campaignId] : [];
    };
    for (const days of [0, 3, 9, 16, 24]) {
      const at = origin + days * 24 * HOUR;
      const owed = plansOwed(w, new Set(), at).flatMap(planOf);
      const from = [...demoEvents(w, at, at + 6 * HOUR)];
      const planned = [...owed, ...from.flatMap(planOf)];
      expect(new Set(planned).size).toBe(planned.length);
      expect(from.flatMap(named).filter((id) => !planned.includes(id))).toEqual([]);
      expect(plansOwed(w, new Set(owed), at)).toEqual([]);
    }
  });

  it('never give back more than was paid, and name the orders they speak of', () => {
    const orders = new Map<string, EventData<'sales.order.paid'>>();
    const before = demoPastDay(world(), calendar.dayOf(origin) - 1);
    for (const { event } of [...before, ...demoEvents(world(), fineFrom(world()), origin + 6 * HOUR)]) {
      if (event.type === 'sales.order.refunded' && !orders.has(event.data.orderId) && event.data.orderId < 'SO-20261122') continue;
      if (event.type === 'sales.order.paid') orders.set(event.data.orderId, event.data);
      if (event.type !== 'sales.order.refunded') continue;
      const order = orders.get(event.data.orderId);
      expect(order, event.data.orderId).toBeDefined();
      expect(event.data.amount).toBeLessThanOrEqual(order?.lines.reduce((sum, l) => sum + l.amount, 0) ?? 0);
    }
    expect(orders.size).toBeGreaterThan(800);
  });

  it('tell three stories that begin within the two hours before the start, and nothing bad before', () => {
    const w = world();
    const complaints = [...demoEvents(w, demoEventsFrom(w), origin)].filter(isOwnComplaint);
    const stories = new Set(complaints.map(({ event }) => (event.data as EventData<'sentiment.mention'>).storyId));
    expect(stories.size).toBe(3);
    expect(Math.min(...complaints.map((c) => c.at))).toBeGreaterThan(origin - 2 * HOUR);
  });

  it('have good and bad hours in the day before, in one story whose first mention is history', () => {
    const { first, others } = complaints(world());
    expect(origin - first.at).toBeGreaterThan(24 * HOUR + 10 * 60_000);
    expect(origin - (others[0]?.at ?? 0)).toBeLessThan(24 * HOUR);
    const all = [...demoEvents(world(), origin - 24 * HOUR, origin), ...others].filter(
      ({ event }) => event.type === 'sentiment.mention' && event.data.brand === OWN_BRAND,
    );
    const count = (hour: number, label: string) =>
      all.filter(
        ({ at, event }) => Math.floor((origin - at) / HOUR) === hour && (event.data as EventData<'sentiment.mention'>).label === label,
      ).length;
    const net = Array.from({ length: 18 }, (_, i) => {
      const [p, n] = [count(i + 4, 'positive'), count(i + 4, 'negative')];
      return (p - n) / (p + n);
    });
    expect(new Set(net.map((value) => value.toFixed(2))).size).toBeGreaterThan(8);
    expect(Math.min(...net)).toBeLessThan(0.8);
    expect(Math.min(...net)).toBeGreaterThan(0.2);
    expect(new Set([first, ...others].map(({ event }) => event.id)).size).toBe(others.length + 1);
    for (const { event } of [first, ...others]) expect(eventDefinition(event.type)?.data.safeParse(event.data).success).toBe(true);
  });

  it('go on with new stories for as long as the demo runs', () => {
    const later = [...demoEvents(world(), origin + 20 * HOUR, origin + 24 * HOUR)].filter(isOwnComplaint);
    expect(later.length).toBeGreaterThan(20);
  });

  it('come every other second from the start on', () => {
    const perSecond = [...demoEvents(world(), origin, origin + HOUR)].length / 3_600;
    expect(perSecond).toBeGreaterThan(0.4);
    expect(perSecond).toBeLessThan(10);
  });

  it('have a past with the grain of today: as many orders a day, of the same size, by people who come back', () => {
    const w = world();
    const day = calendar.dayOf(origin);
    const paidOf = (events: Iterable<DemoEvent>) =>
      [...events].flatMap(({ event }) => (event.type === 'sales.order.paid' ? [event.data] : []));
    const amount = ({ lines }: EventData<'sales.order.paid'>) => lines.reduce((sum, l) => sum + l.amount, 0);
    const today = paidOf(demoEvents(w, fineFrom(w), calendar.startOfDay(day + 1)));
    const mean = (orders: readonly EventData<'sales.order.paid'>[]) => orders.reduce((sum, o) => sum + amount(o), 0) / orders.length;
    const buyers = new Set<string>();
    for (const back of [1, 7, 30, 90, 183]) {
      const past = paidOf(demoPastDay(w, day - back));
      expect(past.length / today.length, `${back} days before`).toBeGreaterThan(0.55);
      expect(past.length / today.length, `${back} days before`).toBeLessThan(1.6);
      expect(mean(past) / mean(today)).toBeGreaterThan(0.8);
      expect(mean(past) / mean(today)).toBeLessThan(1.25);
      expect(past.every(({ lines }) => lines.every((l) => l.sku === 'GIFT-BOX' || (l.cost !== undefined && l.cost < l.amount)))).toBe(true);
      past.forEach(({ buyerId }) => buyers.add(buyerId));
      expect(mean(past) * past.length).toBeGreaterThan(0.5 * DAY_PLAN);
    }
    expect(paidOf(demoPastDay(w, day - 184))).toEqual([]);
    const returning = today.filter(({ buyerId }) => buyers.has(buyerId)).length / today.length;
    expect(returning).toBeGreaterThan(0.05);
  });

  it('have past days with a sentiment of their own, and every kind of event that a KPI is made of', () => {
    const w = world();
    const day = calendar.dayOf(origin);
    const complaintsOn = new Map<number, number>();
    for (const story of pastStories(w)) {
      expect(new Set(story.map(({ event }) => (event.data as EventData<'sentiment.mention'>).storyId)).size).toBe(1);
      for (const e of story) complaintsOn.set(calendar.dayOf(e.at), (complaintsOn.get(calendar.dayOf(e.at)) ?? 0) + 1);
    }
    expect(complaintsOn.size).toBeGreaterThan(175);
    expect(new Set(complaintsOn.values()).size).toBeGreaterThan(4);
    expect([...complaintsOn.keys()].every((d) => origin - calendar.startOfDay(d + 1) > 24 * HOUR)).toBe(true);
    const types = new Set([...demoHistory(w, day - 30)].map(({ event }) => event.type));
    for (const type of [
      ...['sales.order.refunded', 'sales.order.cancelled', 'lead.created', 'lead.signed', 'sentiment.mention', 'campaign.planned'],
      ...['campaign.spend', 'campaign.engagement', 'audience.engaged', 'traffic.daily', 'content.published', 'competitor.move'],
    ]) {
      expect(types).toContain(type);
    }
    const campaigns = campaignsWithin(calendar, day, day - 183, day);
    expect(campaigns.filter((c) => c.lastDay < day - 28).length).toBeGreaterThan(3);
  });
});
