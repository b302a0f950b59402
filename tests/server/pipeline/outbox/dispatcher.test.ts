import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { broken, channelOf, messageOf, ok, outboxRig, refused, T0, type OutboxRig } from './outbox-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let rig: OutboxRig;
beforeEach(async () => {
  rig = await outboxRig();
});
afterEach(() => rig.close());

const row = () => rig.rows()[0];

describe('a message', () => {
  it('[N1] [N2] is sent once with its key, its contact and its link, and marked', async () => {
    const message = messageOf({ contacts: [{ channel: 'team', address: '13800000000' }] });
    await rig.put(message);
    await rig.start();
    await rig.pass(5_000);
    expect(rig.sent.map(({ alert }) => alert)).toMatchObject([
      {
        ...{ idempotencyKey: message.key, address: '13800000000', content: message.content, now: T0 },
        ...{ link: `http://war.room/incidents/${message.incidentId}`, person: { id: 'p1', name: '林悦' } },
      },
    ]);
    expect(row()).toMatchObject({ state: 'sent', next_at: null, ended_at: T0 });
    expect(rig.attempts()).toMatchObject([{ number: 1, channel: 'team', begun_at: T0, outcome: 'delivered', said: 'ok' }]);
  });

  it('is sent within a second of a commit that says so, and within two without', async () => {
    await rig.start();
    await rig.pass(10_500);
    await rig.put(messageOf({ createdAt: rig.time.now() }));
    await rig.pass(1_000);
    expect(rig.sent).toHaveLength(1);
  });

  it('[N3] that fails is tried again after 2 s to 5 min with full jitter, and given up after 6 h, a breach after 24 h', async () => {
    rig.answer = () => broken;
    await rig.put(messageOf(), messageOf({ urgency: 'breach', contacts: [{ channel: 'other' }] }));
    rig.channels = [channelOf('team'), channelOf('other')];
    await rig.start();
    await rig.pass(5 * HOUR + 50 * MINUTE);
    expect(rig.rows().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await rig.pass(HOUR);
    expect(rig.rows().map(({ state }) => state)).toEqual(['dead', 'waiting']);
    expect(row()?.['reason']).toContain('HTTP 500');
    const times = rig.sent.filter(({ channel }) => channel === 'team').map(({ monotonic }) => monotonic);
    const pauses = times.slice(1).map((t, i) => t - (times[i] ?? 0));
    // The first pauses are short, later ones up to 5 min, all of them spread.
    expect(pauses[0]).toBeLessThanOrEqual(3_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(5 * MINUTE + 2_000);
    expect(pauses.length).toBeGreaterThan(70);
  });

  it('[N3] that is refused for good is a dead letter at once', async () => {
    rig.answer = () => refused;
    await rig.put(messageOf());
    await rig.start();
    await rig.pass(HOUR);
    expect(rig.sent).toHaveLength(1);
    expect(row()).toMatchObject({ state: 'dead', reason: 'HTTP 404' });
  });

  it('[N3] [N5] that one channel refuses for good goes to the next channel of the person at once', async () => {
    rig.channels = [channelOf('team'), channelOf('mail', { kind: 'email' })];
    rig.answer = ({ channel }) => (channel === 'team' ? refused : ok);
    await rig.put(messageOf({ contacts: [{ channel: 'team' }, { channel: 'mail', address: 'lin@example.test' }] }));
    await rig.start();
    await rig.pass(1_000);
    expect(rig.sent.map(({ channel, alert }) => [channel, alert.address])).toEqual([
      ['team', null],
      ['mail', 'lin@example.test'],
    ]);
    expect(row()).toMatchObject({ state: 'sent' });
  });

  it('[N5] undelivered for two minutes goes to the next channel, and back two minutes later', async () => {
    rig.channels = [channelOf('team'), channelOf('mail', { kind: 'email' })];
    rig.answer = () => broken;
    await rig.put(messageOf({ urgency: 'breach', contacts: [{ channel: 'team' }, { channel: 'mail' }] }));
    await rig.start();
    await rig.pass(119_000);
    expect(new Set(rig.sent.map(({ channel }) => channel))).toEqual(new Set(['team']));
    await rig.pass(3_000);
    expect(rig.sent.at(-1)).toMatchObject({ channel: 'mail' });
    const before = rig.sent.length;
    await rig.pass(125_000);
    expect(rig.sent.slice(before).map(({ channel }) => channel)).toContain('team');
    rig.answer = () => ok;
    await rig.pass(5 * MINUTE);
    expect(row()).toMatchObject({ state: 'sent' });
  });

  it('for a channel that was removed goes to another one, or waits until the channel is there', async () => {
    await rig.put(messageOf({ contacts: [{ channel: 'gone' }, { channel: 'team' }] }), messageOf({ contacts: [{ channel: 'gone' }] }));
    await rig.start();
    await rig.pass(1_000);
    expect(rig.sent).toHaveLength(1);
    rig.channels = [...rig.channels, channelOf('gone')];
    await rig.pass(31_000);
    expect(rig.sent.map(({ channel }) => channel)).toEqual(['team', 'gone']);
  });

  it('waits as long as the provider asks, and so does the channel', async () => {
    rig.answer = () => (rig.sent.length === 1 ? { ...broken, status: 429, retryAfterMs: 600_000 } : ok);
    await rig.put(messageOf());
    await rig.start();
    await rig.put(messageOf());
    await rig.pass(599_000);
    expect(rig.sent).toHaveLength(1);
    await rig.pass(5_000);
    expect(rig.rows().map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('does not take down the others with a sender that never answers', async () => {
    rig.answer = ({ alert }) => (alert.content.code === 'stuck' ? new Promise<never>(() => undefined) : ok);
    await rig.put(messageOf({ code: 'stuck' }), messageOf(), messageOf());
    await rig.start();
    await rig.pass(1_000);
    expect(rig.rows().map(({ state }) => state)).toEqual(['sending', 'sent', 'sent']);
    await rig.pass(20_000);
    expect(rig.attempts()[0]).toMatchObject({ outcome: 'failed', said: 'no answer from the sender' });
  });

  it('of a drill goes to a dry end', async () => {
    await rig.put(messageOf({ dry: true }), messageOf({ dry: true, contacts: [] }));
    await rig.start();
    await rig.pass(1_000);
    expect(rig.sent).toEqual([]);
    expect(rig.rows().map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(rig.attempts()).toMatchObject([{ outcome: 'delivered', said: 'dry end' }, { outcome: 'delivered' }]);
  });
});

describe('the machine’s clock', () => {
  it('[T8] a step forward makes nothing a dead letter before it is believed', async () => {
    rig.answer = () => broken;
    await rig.put(messageOf());
    await rig.start();
    rig.time.step(25 * HOUR);
    rig.clockAheadMs = 25 * HOUR;
    await rig.pass(4 * MINUTE);
    expect(row()).toMatchObject({ state: 'waiting' });
  });

  it('[T8] a step back leaves nothing waiting for a moment of the wrong clock', async () => {
    rig.answer = () => (rig.sent.length === 1 ? broken : ok);
    rig.time.step(10 * HOUR);
    await rig.put(messageOf({ createdAt: rig.time.now() }));
    await rig.start();
    rig.time.step(-10 * HOUR);
    await rig.pass(5_000);
    expect(row()).toMatchObject({ state: 'sent' });
  });
});

describe('what screens say', () => {
  it('[N5] nothing delivered for five minutes is said until something is delivered', async () => {
    rig.answer = () => broken;
    await rig.put(messageOf());
    await rig.start();
    await rig.pass(299_000);
    expect(rig.problems.list()).toEqual([]);
    await rig.pass(2_000);
    expect(rig.problems.list()).toEqual(['alerts_undelivered']);
    rig.answer = () => ok;
    await rig.pass(6 * MINUTE);
    expect(rig.problems.list()).toEqual([]);
  });

  it('a message nobody can get is said at once, and cleared by the next delivery', async () => {
    await rig.put(messageOf({ contacts: [] }));
    await rig.start();
    expect(rig.problems.list()).toEqual(['alerts_undelivered']);
    await rig.pass(1_000);
    await rig.put(messageOf({ createdAt: rig.time.now() }));
    await rig.pass(2_000);
    expect(rig.problems.list()).toEqual([]);
  });

  it('without a channel or anybody in the roster only that is said', async () => {
    rig.channels = [];
    rig.reachable = false;
    await rig.put(messageOf({ contacts: [] }));
    await rig.start();
    await rig.pass(10 * MINUTE);
    expect(rig.problems.list()).toEqual(['no_alert_channel']);
    rig.reachable = true;
    rig.channels = [channelOf('team')];
    await rig.pass(1_000);
    expect(rig.problems.list()).not.toContain('no_alert_channel');
  });
});

describe('the store', () => {
  it('that is away is tried again; what had left is marked once it is back and not sent again', async () => {
    rig.answer = () => {
      rig.store.fault = new Unavailable('disk_full', 'no space');
      return ok;
    };
    await rig.put(messageOf());
    await rig.start();
    await rig.pass(10_000);
    expect(rig.problems.list()).toContain('store_unavailable');
    rig.store.fault = null;
    rig.answer = () => ok;
    await rig.pass(5_000);
    expect(rig.problems.list()).toEqual([]);
    expect(rig.sent).toHaveLength(1);
    expect(row()).toMatchObject({ state: 'sent' });
  });

  it('is only read while nothing is due, whatever waits', async () => {
    const waiting = Array.from({ length: 100_000 }, () => messageOf({ createdAt: T0 + 10 * MINUTE }));
    await rig.put(...waiting);
    let commits = 0;
    rig.wrap = (commit) => (work) => {
      commits++;
      return commit(work);
    };
    await rig.start();
    const started = commits;
    await rig.pass(60_000);
    expect(commits).toBe(started);
    expect(await rig.store.reads.outboxHead()).toMatchObject({ channels: ['team'], nextAt: T0 + 10 * MINUTE });
  });
});
