import { describe, expect, it } from 'vitest';
import { createBadRecordBreaker } from '../../../../server/pipeline/ingest/bad-record-breaker.ts';

/** Feeds records a fixed time apart; returns the indexes at which the breaker said stop. */
function run(bad: readonly boolean[], apartMs: number, breaker = createBadRecordBreaker(), from = 0, topic = 'sales'): number[] {
  return bad.flatMap((one, i) => (breaker.record(topic, one, from + i * apartMs) ? [i] : []));
}
/** `share` of `count` records are bad, spread evenly. */
const mixed = (count: number, share: number): boolean[] =>
  Array.from({ length: count }, (_, i) => Math.floor((i + 1) * share) > Math.floor(i * share));

describe('[I10] more than 20 % bad of 500 within a minute', () => {
  it('stops at 101 of 500, not at 100', () => {
    const hundred = [...Array<boolean>(100).fill(true), ...Array<boolean>(400).fill(false)];
    expect(run(hundred, 1)).toEqual([]);
    expect(run([true, ...hundred.slice(0, 499)], 1)).toEqual([499]);
  });

  it('says so once for what comes right behind, and again when it is still so a minute later', () => {
    const breaker = createBadRecordBreaker();
    expect(run(Array<boolean>(3_000).fill(true), 1, breaker)).toEqual([499]);
    expect(run([true], 1, breaker, 59_000)).toEqual([]);
    expect(run(Array<boolean>(500).fill(true), 1, breaker, 61_000)).toHaveLength(1);
  });

  it('needs 500 records: fewer prove nothing', () => expect(run(Array<boolean>(499).fill(true), 1)).toEqual([]));

  it('needs them within a minute', () => {
    expect(run(Array<boolean>(600).fill(true), 121)).toEqual([]);
    expect(run(Array<boolean>(600).fill(true), 120)).toHaveLength(1);
  });

  it('counts the last 500 only: good ones that follow push the bad ones out', () => {
    expect(run(mixed(5_000, 0.2), 1)).toEqual([]);
    expect(run(mixed(5_000, 0.21), 1)).toHaveLength(1);
    expect(run([...mixed(2_000, 0), ...Array<boolean>(101).fill(true)], 1)).toEqual([2_100]);
  });

  it('keeps topics apart', () => {
    const breaker = createBadRecordBreaker();
    for (let i = 0; i < 499; i++) expect(breaker.record('sales', true, i)).toBe(false);
    expect(breaker.record('leads', true, 500)).toBe(false);
    expect(breaker.record('sales', true, 500)).toBe(true);
  });
});
