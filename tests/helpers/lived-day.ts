/**
 * A day lived through on the line, from a seed: orders, refunds, complaints, campaigns and moves come as they happen or late,
 * are corrected, taken back and judged anew; people claim, answer, close, merge and split stories; targets and lists change.
 * After each stretch of the day whoever asks is told the minute.
 */
import type { IncidentView } from '../../shared/incidents/types.ts';
import { endPauses } from '../../server/pipeline/incidents/end-pauses.ts';
import { fireDue } from '../../server/pipeline/incidents/fire-due.ts';
import { fireDueSteps } from '../../server/pipeline/incidents/fire-steps.ts';
import { createIncidentService } from '../../server/pipeline/services/incidents.ts';
import type { EventData } from '../../shared/events/registry.ts';
import type { Grain } from '../../shared/kpi/types.ts';
import type { StandupItem, StandupPromise } from '../../shared/standup/types.ts';
import { event, openLine, type Line } from './line.ts';
import { generateEvents } from './event-generator.ts';
import { seededRandom, type Random } from './random.ts';

const MINUTE = 60_000;
const channels = ['天猫', '京东', '抖音'] as const;
const ownBrands = ['山澜'];

export interface LivedDay {
  readonly line: Line;
  /** One stretch of the day: 10 to 90 minutes with all that comes in them; the clock stands at the minute it returns, UTC ms. */
  live(): Promise<number>;
}

export async function openLivedDay(seed: number, begin: number): Promise<LivedDay> {
  const random = seededRandom(seed);
  const line = await openLine({ now: new Date(begin).toISOString() });
  const { store, commit, calendar, clock } = line;
  const incidents = createIncidentService({ reads: store.reads, commit, calendar, clock, exposure: async () => undefined });
  const waiting = random.shuffle(generateEvents({ seed, count: 400, until: begin, ids: 8 }));
  const paid: { orderId: string; version: number; amount: number }[] = [];
  const said: string[] = [];
  let serial = 0;
  let commandNumber = 0;

  const policy = (name: string, value: unknown, effectiveFrom = clock.now()) =>
    store.write(async (tx) => {
      const row = { value, owner: '周屿', reason: 'test', effectiveFrom, setAt: clock.now() };
      if (name === 'brands' || name === 'sla' || name === 'holidays') await tx.putPolicy(name, row);
    });
  const target = (grain: Grain, period: string, value: number, channel?: string) =>
    store.write((tx) => {
      const dimension = channel === undefined ? {} : { dimension: { channel } };
      return tx.putTargets([{ kpi: 'net_sales', grain, period, value, owner: 'o', reason: 'r', ...dimension }], clock.now());
    });

  await policy('brands', { own: ownBrands, tracked: ['铂域'] }, begin - 30 * 86_400_000);
  await target('month', '2026-11', 9_000_000);
  await target('day', '2026-11-23', 400_000);

  const when = (age: number) => new Date(clock.now() - age).toISOString();
  /** Most things are told within minutes, some hours later. */
  const age = () => (random.chance(0.8) ? random.below(10 * MINUTE) : random.below(30 * 60 * MINUTE));

  const happenings: readonly (() => readonly object[])[] = [
    () => {
      const orderId = `live-${++serial}`;
      const amount = 1_000 + random.below(9_000);
      paid.push({ orderId, version: 1, amount });
      return [order(orderId, 1, amount, random, when(age()))];
    },
    () => {
      const known = paid.length > 0 ? random.pick(paid) : undefined;
      if (known === undefined) return [];
      known.version += 1;
      if (random.chance(0.3)) return [event('sales.order.cancelled', when(0), { orderId: known.orderId, version: known.version })];
      return [order(known.orderId, known.version, known.amount + random.below(500), random, when(random.below(60 * MINUTE)))];
    },
    () => {
      const known = paid.length > 0 ? random.pick(paid) : undefined;
      if (known === undefined) return [];
      const refund = { refundId: `r-${++serial}`, orderId: known.orderId, version: 1, amount: random.below(known.amount) };
      return [event('sales.order.refunded', when(age()), refund)];
    },
    () => {
      const mentionId = `said-${++serial}`;
      said.push(mentionId);
      const label = random.pick(['negative', 'negative', 'neutral', 'positive'] as const);
      const brand = random.pick(['山澜', '山澜', '铂域']);
      return [event('sentiment.mention', when(age()), mention({ mentionId, label, brand, storyId: `S-${random.below(5)}` }))];
    },
    () => {
      if (said.length === 0) return [];
      const mentionId = random.pick(said);
      const version = 2 + ++serial;
      return random.chance(0.2)
        ? [event('sentiment.deleted', when(0), { mentionId, version })]
        : [
            event('sentiment.reclassified', when(0), {
              mentionId,
              version,
              label: random.pick(['negative', 'neutral', 'positive'] as const),
            }),
          ];
    },
    () => [
      event('competitor.move', when(age()), {
        ...{ moveId: `mv-${++serial}`, version: 1, competitor: random.pick(['铂域', '禾川']), kind: 'price', title: '降价' },
        ...{ impact: random.pick(['low', 'medium', 'high'] as const), before: '3299', after: String(2_000 + random.below(2_000)) },
      }),
    ],
    () => [
      event('campaign.engagement', when(random.below(MINUTE)), {
        ...{ campaignId: `C-${random.below(8)}`, platform: '微博', version: ++serial },
        ...{ reads: random.below(9_000), likes: random.below(900), shares: random.below(90) },
      }),
    ],
    () => {
      const campaignId = `C-${random.below(8)}`;
      const day = (from: number, to: number) => ({ from: `2026-11-${from}`, to: `2026-11-${to}` });
      return [
        event('campaign.planned', when(random.below(MINUTE)), {
          ...{ campaignId, version: 10 + ++serial, name: `活动 ${campaignId}`, owner: '陈放', kind: 'node', channels: ['天猫'] },
          ...{ budget: 10_000 + random.below(90_000), targets: {} },
          phases: { warmup: day(20, 22), burst: day(23, 23 + random.below(4)), review: day(28, 30) },
        }),
      ];
    },
    () => [
      event('campaign.spend', when(age()), {
        ...{ entryId: `sp-${++serial}`, version: 1, campaignId: `C-${random.below(8)}`, channel: '抖音', kind: 'media', line: 'online' },
        amount: random.below(9_000),
      }),
    ],
    () => waiting.splice(0, random.below(12)),
  ];

  async function act(): Promise<void> {
    const { rows } = await store.reads.incidents({ open: true, limit: 50, after: null });
    const closed = await store.reads.incidents({ open: false, limit: 5, after: null });
    const story = rows.length > 0 ? random.pick(rows) : undefined;
    if (random.chance(0.15) && closed.rows.length > 0) return command(random.pick(closed.rows), { type: 'reopen', reason: 'again' });
    if (story === undefined) return;
    const other = rows.find(({ id }) => id !== story.id);
    const evidence = [{ kind: 'link', value: 'https://example.com/a' }];
    await command(
      story,
      random.pick([
        { type: 'claim' },
        { type: 'hand_over', to: '陈放' },
        { type: 'respond', text: '已答复', evidence },
        { type: 'resolve' },
        { type: 'false_alarm', reason: 'r' },
        { type: 'severity', grade: 'red', reason: 'r' },
        { type: 'pause', reason: 'r', secondActor: '吴桐' },
        ...(other ? [{ type: 'merge', into: other.id }] : []),
      ]),
    );
  }

  /** Refused ones change nothing. */
  async function command(story: IncidentView, body: Readonly<Record<string, unknown>> & { readonly type: string }): Promise<void> {
    const whole = { commandId: `c-${++commandNumber}`, expectedVersion: story.version, actor: '林悦', ...body };
    await incidents.command(story.id, whole as Parameters<typeof incidents.command>[1], clock.now());
  }

  const promises: StandupPromise[] = [];
  const items: StandupItem[] = [];
  /** Something is promised, kept, missed or moved; a department is asked for something, or answers. */
  async function say(): Promise<void> {
    const at = clock.now();
    const line = { at, actor: '林悦', detail: {} };
    const known = promises.length > 0 ? random.pick(promises) : undefined;
    const asked = items.length > 0 ? random.pick(items) : undefined;
    if (random.chance(0.5) || !known || !asked) {
      const promise = promised(`P${++serial}`, random.pick(['林悦', '陈放']), at + (random.below(48) - 12) * 60 * MINUTE, at);
      const item = raised(`I${++serial}`, random.pick(['供应链', '客服']), at - random.below(5) * 86_400_000);
      promises.push(promise);
      items.push(item);
      await store.write(async (tx) => {
        await tx.putStandupPromise(promise, { ...line, action: 'promised' });
        await tx.putStandupItem(item, { ...line, action: 'raised' });
      });
      return;
    }
    const later = known.dueAt + 86_400_000;
    const move = { from: known.dueAt, to: later, reason: 'r', actor: '林悦', at };
    const next: StandupPromise = random.pick([
      { ...known, version: known.version + 1, state: 'kept', answeredAt: at, answeredBy: '林悦' },
      { ...known, version: known.version + 1, state: 'missed', answeredAt: at, answeredBy: '林悦', reason: 'r' },
      { ...known, version: known.version + 1, dueAt: later, state: 'open', moves: [...known.moves, move] },
    ]);
    const closed: StandupItem = { ...asked, version: asked.version + 1, state: 'closed', closedAt: at, closedBy: '林悦' };
    promises[promises.indexOf(known)] = next;
    items[items.indexOf(asked)] = closed;
    await store.write(async (tx) => {
      await tx.putStandupPromise(next, { ...line, action: next.state === 'open' ? 'moved' : next.state });
      await tx.putStandupItem(closed, { ...line, action: 'closed' });
    });
  }

  async function duties(): Promise<void> {
    const time = { now: clock.now(), trusted: clock.now() };
    await fireDue(commit, time, 1_000);
    await endPauses(commit, time, 1_000);
    await fireDueSteps(commit, time, 1_000);
  }

  async function pass(ms: number): Promise<void> {
    line.at(clock.now() + ms);
    await duties();
  }

  return {
    line,
    async live() {
      const steps = 2 + random.below(4);
      for (let i = 0; i < steps; i += 1) {
        await pass((5 + random.below(15)) * MINUTE);
        const events = Array.from({ length: 2 + random.below(6) }, () => random.pick(happenings)()).flat();
        if (events.length > 0) await line.ingest(events);
        await pass(random.below(MINUTE));
        if (random.chance(0.6)) await act();
        if (random.chance(0.4)) await say();
        if (random.chance(0.1)) await policy('brands', { own: ownBrands, tracked: random.chance(0.5) ? ['铂域', '禾川'] : ['铂域'] });
        if (random.chance(0.15)) await target('day', '2026-11-23', 100_000 + random.below(500_000));
        if (random.chance(0.1)) await target('day', '2026-11-23', random.below(90_000), random.pick(channels));
      }
      // A minute begins in which nothing is written.
      await pass(MINUTE - (clock.now() % MINUTE));
      return clock.now();
    },
  };
}

function order(orderId: string, version: number, amount: number, random: Random, time: string): object {
  return event('sales.order.paid', time, {
    ...{ orderId, version, buyerId: `b-${random.below(40)}`, channel: random.pick(channels), region: '华东' },
    ...(random.chance(0.4) && { campaignId: `C-${random.below(8)}` }),
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
  });
}

function promised(id: string, who: string, dueAt: number, enteredAt: number): StandupPromise {
  const open = { state: 'open', moves: [], answeredAt: null, answeredBy: null, reason: null } as const;
  return { id, version: 1, what: '上线首页', shortName: null, who, department: null, dueAt, ...open, enteredBy: '林悦', enteredAt };
}

function raised(id: string, department: string, since: number): StandupItem {
  const open = { state: 'open', closedAt: null, closedBy: null, note: null } as const;
  return { id, version: 1, department, matter: '到货', effect: null, contact: '赵', since, ...open, enteredBy: '林悦', enteredAt: since };
}

function mention(more: Partial<EventData<'sentiment.mention'>> & { mentionId: string; brand: string }): EventData<'sentiment.mention'> {
  return { version: 1, platform: '微博', text: '新机器漏水', keywords: ['漏水'], reach: 100, ...more };
}
