import { describe, expect, it } from 'vitest';
import { decideJoiningDaily } from '../../../../server/domain/incidents/decide-daily.ts';
import { broughtForward, decideJoining, decideOpening, type StoryMention } from '../../../../server/domain/incidents/decide-mentions.ts';
import { changeOf, evolve } from '../../../../server/domain/incidents/evolve.ts';
import { incidentId, storyKey, storyTitle } from '../../../../server/domain/incidents/story.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { after, clockOf, given, hour, mention, minute, opened, sla, T0 } from './story-spec.ts';

const joined = (incident: Incident, ...mentions: StoryMention[]): Incident =>
  decideJoining(incident, mentions, { now: T0 + 3 * hour, sla }).reduce<Incident>((state, event) => evolve(state, event), incident);

describe('[T1] opening makes both clocks in the same change', () => {
  it('[IC2] counts from the earliest detection of its mentions', () => {
    const context = { now: T0 + minute, sla, id: 'i1', storyKey: 'k', number: 4 };
    const events = decideOpening([mention('m1', { detectedAt: T0 + 5 }), mention('m2', { publishedAt: T0 - hour })], context);
    const change = changeOf(undefined, events);
    expect(change).toMatchObject({
      previousVersion: 0,
      incident: { version: 1, status: 'open', openedAt: T0 + minute, detectedAt: T0, publishedAt: T0 - hour },
    });
    expect(change?.incident.clocks).toMatchObject([
      { name: 'response', generation: 1, startedAt: T0, dueAt: T0 + 2 * hour, state: 'armed' },
      { name: 'disposal', generation: 1, startedAt: T0, dueAt: T0 + 24 * hour, state: 'armed' },
    ]);
  });

  it('[IC3] counts from the command when a person opens history', () => {
    const old = mention('m1', { detectedAt: T0 - 90 * 24 * hour });
    const [event] = decideOpening([old], {
      now: T0,
      sla,
      id: 'i1',
      storyKey: 'k',
      number: 4,
      by: { actor: '林悦', startedAt: T0 + 7 },
    });
    if (event === undefined) throw new Error('nothing happened');
    const incident = evolve(undefined, event);
    expect(clockOf(incident, 'response')).toMatchObject({ startedAt: T0 + 7, dueAt: T0 + 7 + 2 * hour });
    expect(incident).toMatchObject({ detectedAt: old.detectedAt, openedAt: T0 + 7 });
    expect(event?.actor).toBe('林悦');
  });

  it('[IC2] counts from when the duty began, where that is later than detection', () => {
    const context = { now: T0 + hour, sla, id: 'i1', storyKey: 'k', number: 4 };
    const [event] = decideOpening([mention('m1', { dutyAt: T0 + hour })], context);
    if (event === undefined) throw new Error('nothing happened');
    const incident = evolve(undefined, event);
    expect(incident.detectedAt).toBe(T0);
    expect(clockOf(incident, 'response').dueAt).toBe(T0 + 3 * hour);
  });
});

describe('more mentions of a story', () => {
  it('[IC4] join with one audit line a transaction and leave the deadline where it is', () => {
    const events = decideJoining(given(opened()), [mention('m2', { detectedAt: T0 + 5 }), mention('m3', { detectedAt: T0 + 9 })], {
      now: T0 + 10,
      sla,
    });
    expect(events).toMatchObject([{ action: 'mention_added', detail: { count: 2, mentions: ['m2', 'm3'] } }]);
    const incident = joined(given(opened()), mention('m2', { detectedAt: T0 + 5 }));
    expect(clockOf(incident, 'response').dueAt).toBe(T0 + 2 * hour);
  });

  it('[IC25] give the story the first product named, which later ones leave as it is', () => {
    const named = joined(given(opened()), mention('m2'), mention('m3', { sku: 'X5' }));
    expect(named.product).toBe('X5');
    expect(joined(named, mention('m4', { sku: 'X7' }), mention('m5', { sku: 'X7' })).product).toBe('X5');
    expect(joined(given(opened()), mention('m2')).product).toBeNull();
  });

  it('[IC25] give scattered complaints no product: they are of a topic', () => {
    const event = opened();
    if (event.action !== 'opened') throw new Error('no opening');
    const daily = given({ ...event, detail: { ...event.detail, kind: 'daily', topic: 'quality' } });
    const [added] = decideJoiningDaily(daily, [mention('m2', { sku: 'X5' })], { now: T0 + minute, sla });
    expect(added && evolve(daily, added).product).toBeNull();
  });

  it('[IC4] an earlier detection moves armed deadlines earlier, never later', () => {
    const incident = joined(given(opened()), mention('m2', { detectedAt: T0 - 30 * minute }));
    expect(incident.detectedAt).toBe(T0 - 30 * minute);
    expect(clockOf(incident, 'response')).toMatchObject({ startedAt: T0 - 30 * minute, dueAt: T0 + 90 * minute });
    expect(clockOf(incident, 'disposal').dueAt).toBe(T0 + 24 * hour - 30 * minute);
    expect(broughtForward(incident, T0, T0)).toEqual([]);
  });

  it('a stopped clock does not move', () => {
    const answered = after(given(opened()), { type: 'respond', actor: '林悦', text: '在' }, T0 + hour);
    const incident = joined(answered, mention('m2', { detectedAt: T0 - 30 * minute }));
    expect(clockOf(incident, 'response').dueAt).toBe(T0 + 2 * hour);
    expect(clockOf(incident, 'disposal').dueAt).toBe(T0 + 24 * hour - 30 * minute);
  });

  it('[IC5] detected after the story was closed: re-open with clocks of the next generation', () => {
    const closed = after(given(opened()), { type: 'false_alarm', actor: '林悦', reason: '误判' }, T0 + hour);
    const again = joined(closed, mention('m2', { detectedAt: T0 + 2 * hour }), mention('m3', { detectedAt: T0 + minute }));
    expect(again).toMatchObject({ status: 'open', title: 'X5 漏水' });
    expect(clockOf(again, 'response', 2)).toMatchObject({ startedAt: T0 + 2 * hour, dueAt: T0 + 4 * hour });
    // Detected in the closed generation: says nothing about the new deadline.
    expect(clockOf(joined(again, mention('m4', { detectedAt: T0 + minute })), 'response', 2).dueAt).toBe(T0 + 4 * hour);
  });

  it('[IC5] detected before the story was closed: only joins', () => {
    const closed = after(given(opened()), { type: 'false_alarm', actor: '林悦', reason: '误判' }, T0 + hour);
    const still = joined(closed, mention('m2', { detectedAt: T0 + hour }));
    expect(still.status).toBe('false_alarm');
  });
});

describe('[T9] the trail of a story that spreads', () => {
  const many = Array.from({ length: 4_000 }, (_, n) => mention(`m${n}`));

  it('[IC4] a line names a few of the mentions and how many there are', () => {
    const [added] = decideJoining(given(opened()), many, { now: T0, sla });
    expect(added).toMatchObject({ detail: { count: 4_000, mentions: ['m0', 'm1', 'm2', 'm3', 'm4'] } });
    const [first] = decideOpening(many, { now: T0, sla, id: 'i1', storyKey: 'k', number: 4 });
    expect(first).toMatchObject({ detail: { count: 4_000, mentions: ['m0', 'm1', 'm2', 'm3', 'm4'] } });
  });

  it('the incident stays as large as it was', () => {
    const size = (incident: Incident) => JSON.stringify(incident).length;
    expect(size(joined(given(opened()), ...many))).toBe(size(joined(given(opened()), mention('m2'))));
  });
});

describe('names of a story', () => {
  it('one key per brand and story, per mention without one, and no two by accident', () => {
    expect(storyKey('山澜', 'S', 'm1')).toBe(storyKey('山澜', 'S', 'm2'));
    expect(storyKey('山澜', null, 'm1')).not.toBe(storyKey('山澜', null, 'm2'));
    expect(storyKey('a b', 'c', 'm')).not.toBe(storyKey('a', 'b c', 'm'));
  });

  it('[IC1] an id is FNV-1a 128 of the key, the same for ever', () => {
    // Published test vectors of the function: empty input and "a".
    expect(incidentId('')).toBe('6c62272e07bb014262b821756295c58d');
    expect(incidentId('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
  });

  it('a title is the given one, else the text cut at a whole character', () => {
    expect(storyTitle(' X5 漏水 ', 'text')).toBe('X5 漏水');
    expect(Array.from(storyTitle(undefined, '🫖'.repeat(100)))).toHaveLength(60);
    expect(storyTitle('', '  ')).toBe('…');
  });
});
