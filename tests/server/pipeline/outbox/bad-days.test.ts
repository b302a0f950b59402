import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Commit } from '../../../../server/pipeline/ports/commit.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { broken, channelOf, messageOf, ok, outboxRig, type OutboxRig, type Sent } from './outbox-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rig: OutboxRig;
beforeEach(async () => {
  rig = await outboxRig();
});
afterEach(() => rig.close());

/** The most sends in any window of `ms`, by monotonic time. */
function mostWithin(sent: readonly Sent[], ms: number): number {
  const times = sent.map(({ monotonic }) => monotonic).sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= ms) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
/** The codes a set of sends told, those of digests item by item. */
const toldBy = (sent: readonly Sent[]): string[] =>
  sent.flatMap(({ alert }) => (alert.items ?? [alert.content]).map(({ code }) => code ?? '?'));

class Killed extends Error {}
const never = new Promise<never>(() => undefined);

describe('[N2] [N3] a kill between two steps loses nothing, and repeats at most once with the same key', () => {
  const points = ['before the attempt is committed', 'before the send', 'while sending', 'before the outcome is committed'] as const;

  it.each(points)('%s', async (point) => {
    const message = messageOf();
    await rig.put(message);
    let commits = 0;
    // The first commit of a process resumes, the second brings forward, the third takes, the next one marks.
    rig.wrap =
      (commit): Commit =>
      async (work) => {
        commits++;
        const dies = (point === points[0] && commits === 3) || (point === points[3] && commits === 4);
        try {
          return await commit(async (tx, touch, at, append) => {
            const done = await work(tx, touch, at, append);
            if (dies) throw new Killed();
            return done;
          });
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          rig.die();
          return never;
        } finally {
          if (point === points[1] && commits === 3) rig.die();
        }
      };
    if (point === 'while sending') {
      rig.answer = () => {
        rig.die();
        return ok;
      };
    }
    await rig.start();
    await rig.pass(2_000);
    await rig.kill();
    const first = rig.sent.length;
    expect(first).toBe(point === points[2] || point === points[3] ? 1 : 0);

    rig.wrap = (commit) => commit;
    rig.answer = () => ok;
    await rig.start();
    await rig.pass(30_000);
    expect(rig.sent).toHaveLength(first + 1);
    expect(new Set(rig.sent.map(({ alert }) => alert.idempotencyKey))).toEqual(new Set([message.key]));
    expect(rig.rows()).toMatchObject([{ state: 'sent' }]);
  });

  it('at any of many random moments', async () => {
    const seed = 20_261_123;
    const random = seededRandom(seed);
    // A channel with room, so that no message waits in a digest.
    rig.channels = [channelOf('team', { kind: 'webhook' })];
    const keys: string[] = [];
    let kills = 0;
    for (let round = 0; round < 60; round++) {
      const messages = Array.from({ length: 1 + random.below(3) }, () =>
        messageOf({ createdAt: rig.time.now(), urgency: random.chance(0.3) ? 'breach' : 'alert' }),
      );
      keys.push(...messages.map(({ key }) => key));
      await rig.put(...messages);
      let left = random.below(8);
      rig.wrap = (commit) => async (work) => {
        try {
          return await commit(async (tx, touch, at, append) => {
            const done = await work(tx, touch, at, append);
            if (left-- === 0) throw new Killed();
            return done;
          });
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          rig.die();
          return never;
        }
      };
      rig.answer = ({ alert }) => {
        if (left-- === 0) rig.die();
        return random.chance(0.2) ? broken : alert.idempotencyKey === '' ? broken : ok;
      };
      await rig.start();
      await rig.pass(20_000);
      await rig.kill();
      kills++;
    }
    rig.wrap = (commit) => commit;
    rig.answer = () => ok;
    await rig.start();
    await rig.pass(20 * MINUTE);
    expect(
      rig.rows().filter(({ state }) => state !== 'sent'),
      `seed ${seed}`,
    ).toEqual([]);
    const arrivals = rig.sent.length;
    const told = new Set(rig.sent.map(({ alert }) => alert.idempotencyKey));
    expect(
      keys.filter((key) => !told.has(key)),
      `seed ${seed}`,
    ).toEqual([]);
    // Every attempt that was heard of is a failure or the delivery; the others are repeats after a kill.
    const failed = rig.attempts().filter(({ outcome }) => outcome === 'failed').length;
    expect(arrivals - failed - keys.length, `seed ${seed}`).toBeLessThanOrEqual(kills);
  });
});

describe('[N4] a flood', () => {
  it('of 5,000 negatives in a minute keeps the quota, tells breaches first and lists every one', async () => {
    rig.fits = 40;
    await rig.start();
    const codes: string[] = [];
    for (let second = 0; second < 60; second++) {
      const messages = Array.from({ length: 84 }, (_, i) => {
        const code = `F${second}-${i}`;
        codes.push(code);
        return messageOf({ code, createdAt: rig.time.now() });
      });
      await rig.put(...messages);
      await rig.pass(1_000);
    }
    // A breach that comes last is told before what is left of the flood.
    await rig.put(messageOf({ code: 'B1', urgency: 'breach', createdAt: rig.time.now() }));
    const before = rig.sent.length;
    await rig.pass(10_000);
    expect(toldBy(rig.sent.slice(before))[0]).toBe('B1');
    await rig.pass(20 * MINUTE);
    expect(rig.rows().filter(({ state }) => state !== 'sent')).toEqual([]);
    const told = toldBy(rig.sent);
    expect(new Set(told)).toEqual(new Set([...codes, 'B1']));
    expect(told).toHaveLength(codes.length + 1);
    expect(mostWithin(rig.sent, MINUTE)).toBeLessThan(20);
    const held = rig.rows().filter(({ digest_id }) => digest_id !== null);
    expect(held.length).toBeGreaterThan(4_900);
    // A digest says how many it holds, and its rows point to it.
    for (const { alert } of rig.sent.filter(({ alert }) => alert.items)) {
      expect(alert.content).toMatchObject({ reason: 'digest', title: String(alert.items?.length) });
      expect(alert.items?.length).toBeLessThanOrEqual(40);
    }
  });

  it('of breaches alone becomes digests of breaches; a few breaches stay messages of their own', async () => {
    await rig.put(
      ...Array.from({ length: 300 }, (_, i) => messageOf({ code: `N${i}` })),
      ...Array.from({ length: 5 }, (_, i) => messageOf({ code: `B${i}`, urgency: 'breach' })),
    );
    await rig.start();
    await rig.pass(2_000);
    expect(rig.sent.slice(0, 5).map(({ alert }) => [alert.content.code, alert.items])).toEqual(
      ['B0', 'B1', 'B2', 'B3', 'B4'].map((code) => [code, undefined]),
    );
    await rig.pass(10 * MINUTE);
    expect(rig.rows().filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it('whose digest a channel refuses for good goes on by the next contacts of each person', async () => {
    rig.channels = [channelOf('team'), channelOf('mail', { kind: 'webhook' })];
    rig.answer = ({ channel, alert }) => (channel === 'team' && alert.items ? { ...broken, permanent: true } : ok);
    const contacts = [{ channel: 'team' }, { channel: 'mail' }];
    await rig.put(
      messageOf({ code: 'alone', contacts: [{ channel: 'team' }] }),
      ...Array.from({ length: 100 }, (_, i) => messageOf({ code: `C${i}`, contacts })),
    );
    await rig.start();
    await rig.pass(10 * MINUTE);
    const byMail = new Set(toldBy(rig.sent.filter(({ channel }) => channel === 'mail')));
    // The last of them was left over by the digests and went on its own.
    expect(Array.from({ length: 99 }, (_, i) => byMail.has(`C${i}`)).every(Boolean)).toBe(true);
    expect(rig.rows().filter(({ state, is_digest }) => state === 'dead' && is_digest === 0)).toMatchObject([{ reason: 'HTTP 500' }]);
  });
});

describe('[N4] quotas', () => {
  it.each([
    ['wecom', 20, null],
    ['dingtalk', 20, null],
    ['feishu', 100, 5],
    ['slack', 60, 1],
  ] as const)('of %s are kept over every window, restarts included', async (kind, perMinute, perSecond) => {
    rig.channels = [channelOf('team', { kind })];
    rig.fits = 1;
    await rig.start();
    await rig.put(...Array.from({ length: 400 }, () => messageOf({ contacts: [{ channel: 'team' }] })));
    for (let round = 0; round < 6; round++) {
      await rig.pass(17_000);
      await rig.kill();
      await rig.start();
    }
    await rig.pass(60_000);
    expect(mostWithin(rig.sent, MINUTE)).toBeLessThanOrEqual(perMinute);
    if (perSecond !== null) expect(mostWithin(rig.sent, 1_000)).toBeLessThanOrEqual(perSecond);
    // What a minute allows is used, kills aside.
    const { length } = rig.sent.filter(({ monotonic }) => monotonic > rig.time.monotonic() - MINUTE);
    expect(length).toBeGreaterThan(perMinute * 0.6);
  });

  it('Feishu is left alone in the first seconds of each half hour', async () => {
    rig.channels = [channelOf('team', { kind: 'feishu' })];
    rig.time.pass(HOUR / 2 - (rig.time.now() % (HOUR / 2)) + HOUR - 2_000);
    await rig.start();
    for (let i = 0; i < 20; i++) {
      await rig.put(messageOf({ createdAt: rig.time.now() }));
      await rig.pass(1_000);
    }
    await rig.pass(10_000);
    expect(rig.sent).toHaveLength(20);
    expect(rig.sent.filter(({ at }) => at % (HOUR / 2) < 10_000)).toEqual([]);
  });
});

it('[N3] [N4] a channel that is down for three hours costs few requests, loses nothing, and is drained within ten minutes of its return', async () => {
  rig.fits = 40;
  rig.answer = () => ({ ...broken, status: null, said: 'getaddrinfo ENOTFOUND' });
  await rig.start();
  const codes: string[] = [];
  for (let i = 0; i < 180; i++) {
    const code = `D${i}`;
    codes.push(code);
    await rig.put(messageOf({ code, createdAt: rig.time.now(), urgency: i % 10 === 0 ? 'breach' : 'alert' }));
    await rig.pass(MINUTE);
  }
  // One question a minute at most, beside the first few.
  expect(rig.sent.length).toBeLessThan(3 * 60 * 3);
  expect(rig.problems.list()).toEqual(['alerts_undelivered']);
  const back = rig.sent.length;
  rig.answer = () => ok;
  await rig.pass(10 * MINUTE);
  expect(rig.rows().filter(({ state }) => state !== 'sent')).toEqual([]);
  const told = toldBy(rig.sent.slice(back));
  expect(new Set(told)).toEqual(new Set(codes));
  expect(told).toHaveLength(codes.length);
  expect(mostWithin(rig.sent, MINUTE)).toBeLessThan(20);
  expect(rig.problems.list()).toEqual([]);
}, 60_000);
