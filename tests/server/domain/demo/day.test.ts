import { describe, expect, it } from 'vitest';
import { toCloudEvent } from '../../../../server/domain/demo/cloud-event.ts';
import { demoEvents, demoEventsFrom, demoHistory } from '../../../../server/domain/demo/day.ts';
import { complaints } from '../../../../server/domain/demo/complaints.ts';
import { demoWorld, fineFrom, OWN_BRAND, type DemoEvent } from '../../../../server/domain/demo/world.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { eventDefinition, type EventData } from '../../../../shared/events/registry.ts';

const calendar = createCalendar('Asia/Shanghai');
const HOUR = 3_600_000;
const origin = Date.parse('2026-11-23T14:35:20+08:00');
const firstDay = calendar.parseDay('2026-10-01') as number;
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

  it('never give back more than was paid, and name the orders they speak of', () => {
    const orders = new Map<string, EventData<'sales.order.paid'>>();
    for (const { event } of demoEvents(world(), fineFrom(world()), origin + 6 * HOUR)) {
      if (event.type === 'sales.order.paid') orders.set(event.data.orderId, event.data);
      if (event.type !== 'sales.order.refunded') continue;
      const order = orders.get(event.data.orderId);
      expect(order, event.data.orderId).toBeDefined();
      expect(event.data.amount).toBeLessThanOrEqual(order?.lines.reduce((sum, l) => sum + l.amount, 0) ?? 0);
    }
    expect(orders.size).toBeGreaterThan(3_000);
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

  it('come at several a second from the start on', () => {
    const perSecond = [...demoEvents(world(), origin, origin + HOUR)].length / 3_600;
    expect(perSecond).toBeGreaterThan(1.5);
    expect(perSecond).toBeLessThan(10);
  });

  it('bring each past day of the quarter near its plan', () => {
    const byDay = new Map<number, number>();
    for (const { event } of demoHistory(world(), firstDay)) {
      if (event.type !== 'sales.order.paid') continue;
      const day = calendar.dayOf(event.occurredAt);
      byDay.set(day, (byDay.get(day) ?? 0) + event.data.lines.reduce((sum, l) => sum + l.amount, 0));
    }
    expect(byDay.size).toBe(53);
    for (const net of byDay.values()) expect(net / 260_000_000).toBeGreaterThan(0.7);
  });
});
