import { describe, expect, it } from 'vitest';
import { heartbeatAt, lastLife, tellsOfNow } from '../../../server/domain/stream-life.ts';
import type { WarroomEvent } from '../../../shared/events/registry.ts';

const now = Date.parse('2026-11-23T14:35:00+08:00');
const minutes = (n: number): number => n * 60_000;
const days = (n: number): number => minutes(n * 1_440);

const moved = (occurredAt: number): WarroomEvent => ({
  ...{ type: 'competitor.move', id: '1', source: '/m', occurredAt },
  data: { moveId: '1', version: 1, competitor: '铂域', kind: 'price', title: 'x', impact: 'low' },
});
const mention = (occurredAt: number, detectedAt?: string): WarroomEvent => ({
  ...{ type: 'sentiment.mention', id: '1', source: '/m', occurredAt },
  data: { mentionId: '1', version: 1, platform: '微博', brand: '山澜', text: 'x', ...(detectedAt === undefined ? {} : { detectedAt }) },
});

describe('[S3] the life of a source', () => {
  it('[LI1] is shown by events of the present and not by imported history', () => {
    for (const [stream, least, most] of [
      ['orders', minutes(59), minutes(61)],
      ['leads', minutes(59), minutes(61)],
      ['competitors', minutes(1_439), minutes(1_441)],
      ['spend', days(2), days(2) + 1],
    ] as const) {
      expect([stream, tellsOfNow(stream, moved(now - least), now), tellsOfNow(stream, moved(now - most), now)]).toEqual([
        stream,
        true,
        false,
      ]);
    }
  });

  it('[LI1] a mention happens for its monitor when it is found', () => {
    expect(tellsOfNow('mentions', mention(now - days(3)), now)).toBe(false);
    expect(tellsOfNow('mentions', mention(now - days(3), '2026-11-23T14:30:00+08:00'), now)).toBe(true);
    expect(tellsOfNow('mentions', mention(now - days(3), '2026-11-20T14:30:00+08:00'), now)).toBe(false);
  });

  it('[LI2] a heartbeat counts from its receipt, and one that comes late from its own time', () => {
    expect(heartbeatAt(now - minutes(4), now)).toBe(now);
    expect(heartbeatAt(now + minutes(1), now)).toBe(now);
    expect(heartbeatAt(now - minutes(6), now)).toBe(now - minutes(6));
  });

  it('[LI3] a source that gives signs of its own is judged by them, until it has given them up for a week', () => {
    expect(lastLife(null, null, now)).toBeNull();
    expect(lastLife(null, now - 1, now)).toBe(now - 1);
    expect(lastLife(now - minutes(5), now - 1, now)).toBe(now - minutes(5));
    expect(lastLife(now - days(8), now - 1, now)).toBe(now - 1);
    expect(lastLife(now - days(8), null, now)).toBe(now - days(8));
  });
});
