import { describe, expect, it } from 'vitest';
import { decideMerge, unfitTarget } from '../../../../server/domain/incidents/decide-merge.ts';
import { decideSplit } from '../../../../server/domain/incidents/decide-split.ts';
import { decideFiring } from '../../../../server/domain/incidents/decide-firing.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import type { IncidentEvent } from '../../../../server/domain/incidents/events.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { actions, after, clockOf, given, hour, mention, minute, opened, T0, when } from './story-spec.ts';

const play = (incident: Incident | undefined, events: readonly IncidentEvent[]): Incident => {
  const now = events.reduce<Incident | undefined>(evolve, incident);
  if (now === undefined) throw new Error('nothing happened');
  return now;
};
const other = (at: number, id = 'i2'): Incident => {
  const event = opened(at);
  if (event.action !== 'opened') throw new Error('no opening');
  return given({ ...event, detail: { ...event.detail, id, number: 18, storyKey: `story ${id}` } });
};
const respond = { type: 'respond', actor: '林悦', text: '在' } as const;
const merged = (source: Incident, target: Incident, at: number) => {
  const decided = decideMerge(source, target, { actor: '林悦', at, count: 3 });
  return { source: play(source, decided.merged), target: play(target, decided.target) };
};

describe('[IC21] [C3] merging keeps the earliest deadline', () => {
  it('of two running clocks, either way round', () => {
    const early = other(T0 - hour, 'early');
    const late = given(opened());
    for (const [source, target] of [
      [early, late],
      [late, early],
    ] as const) {
      const { source: gone, target: kept } = merged(source, target, T0 + minute);
      expect(clockOf(kept, 'response').dueAt).toBe(T0 + hour);
      expect(clockOf(kept, 'disposal').dueAt).toBe(T0 + 23 * hour);
      expect(kept.detectedAt).toBe(T0 - hour - 0);
      expect(gone).toMatchObject({ status: 'merged', mergedInto: kept.id });
      expect(gone.clocks.map(({ state, counts }) => [state, counts])).toEqual([
        ['void', false],
        ['void', false],
      ]);
    }
  });

  it('[IC25] the target takes the product of the other where it has none, and keeps its own', () => {
    const of = (story: Incident, product: string | null): Incident => ({ ...story, product });
    const target = (theirs: string | null, own: string | null): string | null =>
      merged(of(other(T0, 'early'), theirs), of(given(opened()), own), T0 + minute).target.product;
    expect([target('X5', null), target('X5', 'X7'), target(null, 'X7'), target(null, null)]).toEqual(['X5', 'X7', 'X7', null]);
  });

  it('[T7] a breach of either stays one, and is not fired a second time', () => {
    const breached = play(other(T0 - 3 * hour, 'early'), decideFiring(other(T0 - 3 * hour, 'early'), 'response', 1, T0 - hour));
    const open = merged(breached, given(opened()), T0 + minute).target;
    expect(clockOf(open, 'response')).toMatchObject({ state: 'fired', dueAt: T0 - hour, firedAt: T0 - hour });
    expect(decideFiring(open, 'response', 1, T0 + hour)).toEqual([]);
    const answered = merged(breached, after(given(opened()), respond, T0 + 1), T0 + minute).target;
    expect(clockOf(answered, 'response')).toMatchObject({ state: 'fired', stoppedAt: T0 + 1 });
    expect(clockOf(merged(given(opened()), breached, T0 + minute).target, 'response')).toMatchObject({ state: 'fired', dueAt: T0 - hour });
  });

  it('an answer of the merged story is not one of the target', () => {
    const answered = after(other(T0 - hour, 'early'), respond, T0 - minute);
    const { target } = merged(answered, given(opened()), T0 + minute);
    expect(target.status).toBe('open');
    expect(clockOf(target, 'response')).toMatchObject({ state: 'armed', dueAt: T0 + 2 * hour });
    expect(clockOf(target, 'disposal').dueAt).toBe(T0 + 23 * hour);
  });

  it('a pause of the merged story ends with it and grants the target nothing', () => {
    const paused = after(other(T0 - hour, 'early'), { type: 'pause', actor: '林悦', secondActor: '陈放', reason: '送检' }, T0);
    const { source, target } = merged(paused, given(opened()), T0 + minute);
    expect(source.pause).toBeNull();
    expect(clockOf(target, 'disposal').dueAt).toBe(T0 + 23 * hour + minute);
  });

  it('what cannot carry a story on is refused in words', () => {
    const story = given(opened());
    expect(unfitTarget(story, undefined)?.code).toBe('unknown_target');
    expect(unfitTarget(story, story)?.code).toBe('unknown_target');
    const closed = after(other(T0), { type: 'false_alarm', actor: '林悦', reason: '讽刺' }, T0 + 1);
    expect(unfitTarget(story, closed)).toMatchObject({ code: 'target_closed', status: 409 });
    expect(unfitTarget(story, { ...other(T0), drill: true })?.code).toBe('drill_apart');
  });

  it('every command on a merged story names the target', () => {
    const { source } = merged(given(opened()), other(T0), T0 + 1);
    for (const asked of [
      { type: 'claim', actor: '林悦' },
      respond,
      { type: 'note', actor: '林悦', text: '在' },
      { type: 'reopen', actor: '林悦', reason: '在' },
      { type: 'resume', actor: '林悦' },
    ] as const) {
      expect(actions(when(source, asked, T0 + 2))).toEqual(['refused already_merged']);
    }
  });
});

describe('[IC22] [C3] splitting grants no time', () => {
  const split = { actor: '林悦', at: T0 + hour, id: 'i9', storyKey: 'split i1 1', number: 30 };
  const off = (original: Incident, ...dutiesAt: number[]): Incident =>
    play(
      undefined,
      decideSplit(
        original,
        dutiesAt.map((at, n) => mention(`m${n}`, { detectedAt: at })),
        split,
      ).opened,
    );

  it('counts from the duty of what is split off, and ends no later than the story it leaves', () => {
    for (const duty of [T0 - hour, T0, T0 + 30 * minute, T0 + 5 * hour]) {
      const child = off(given(opened()), duty);
      expect(clockOf(child, 'response').dueAt).toBe(T0 + 2 * hour);
      expect(clockOf(child, 'disposal').dueAt).toBe(T0 + 24 * hour);
      for (const clock of child.clocks) expect(clock.startedAt).toBeLessThanOrEqual(clock.dueAt);
    }
  });

  it('takes no pause along', () => {
    const paused = after(given(opened()), { type: 'pause', actor: '林悦', secondActor: '陈放', reason: '送检' }, T0 + 1);
    expect(clockOf(off(paused, T0), 'disposal').dueAt).toBe(T0 + 24 * hour);
  });

  it('an answered story gives no second chance to answer in time', () => {
    const answered = after(given(opened()), respond, T0 + hour);
    const child = off(answered, T0 + 30 * minute);
    expect(child.status).toBe('open');
    expect(clockOf(child, 'response')).toMatchObject({ state: 'armed', dueAt: T0 + 2 * hour });
  });

  it('in a later round the duty of an earlier one counts from the round', () => {
    const closed = after(given(opened()), { type: 'false_alarm', actor: '林悦', reason: '讽刺' }, T0 + hour);
    const again = after(closed, { type: 'reopen', actor: '林悦', reason: '又来了' }, T0 + 10 * hour);
    expect(clockOf(off(again, T0), 'response').dueAt).toBe(T0 + 12 * hour);
  });
});
