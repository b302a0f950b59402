import { describe, expect, it } from 'vitest';
import { decideCorrection } from '../../../../server/domain/incidents/correct-clocks.ts';
import { decideFiring } from '../../../../server/domain/incidents/decide-firing.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { after, clockOf, given, hour, minute, opened, T0 as start } from './story-spec.ts';

/** The clock was three hours ahead from half an hour after the opening on. */
const step = 3 * hour;
const wrongFrom = start + 30 * minute + step;
const correction = { parts: [{ since: wrongFrom, until: Infinity, by: -step }], wrongFrom };
const context = { now: start + 40 * minute, stepMs: -step };
const correct = (incident: Incident) => decideCorrection(incident, correction, context);
const corrected = (incident: Incident) => correct(incident).reduce<Incident>(evolve, incident);
const fired = (incident: Incident, now: number) => decideFiring(incident, 'response', 1, now).reduce<Incident>(evolve, incident);

describe('[IC15] what a step of our clock means to an incident', () => {
  it('nothing, to one that was opened before it and still runs', () => {
    expect(correct(given(opened()))).toEqual([]);
  });

  it('a deadline from our receipt moves with the clock, one from a detection stays', () => {
    const ours = given(opened(wrongFrom + minute));
    expect(clockOf(corrected(ours), 'response').dueAt).toBe(start + 31 * minute + 2 * hour);
    expect(corrected(ours)).toMatchObject({ openedAt: start + 31 * minute, detectedAt: start + 31 * minute });
    const found = { ...ours, openedAt: wrongFrom + 2 * minute };
    expect(clockOf(corrected(found), 'disposal').dueAt).toBe(clockOf(found, 'disposal').dueAt);
  });

  it('where a story was on its way to people moves with our clock, so that no step reads as a delay', () => {
    const received = wrongFrom + minute;
    const story = given(opened(received));
    expect(story.hops).toEqual({ receivedAt: received, classifiedAt: received, routedAt: null });
    const claimed = after(story, { type: 'claim', actor: '林悦' }, received + 2 * minute);
    const right = corrected(claimed);
    expect(right.hops).toEqual({ receivedAt: received - step, classifiedAt: received - step, routedAt: received + 2 * minute - step });
    expect(correct(right)).toEqual([]);
    expect(correct(claimed).at(-1)).toMatchObject({
      action: 'stamps_corrected',
      detail: { was: { hops: claimed.hops }, now: { hops: right.hops } },
    });
  });

  it('a story that was received before the step and claimed under it keeps its receipt', () => {
    const claimed = after(given(opened()), { type: 'claim', actor: '林悦' }, wrongFrom + minute);
    expect(corrected(claimed).hops).toEqual({ receivedAt: start, classifiedAt: start, routedAt: start + 31 * minute });
    expect(corrected(claimed).openedAt).toBe(start);
  });

  it('a mention found at its receipt is found at its corrected receipt, also where its story opened later', () => {
    const found = { ...given(opened(wrongFrom + minute)), openedAt: wrongFrom + 5 * minute };
    expect(corrected(found)).toMatchObject({ detectedAt: start + 31 * minute, openedAt: start + 35 * minute });
  });

  it('a breach nobody had earned is overturned, kept, and fires a second time when it is earned', () => {
    const breached = fired(given(opened()), wrongFrom + minute);
    expect(correct(breached).map(({ action }) => action)).toEqual(['breach_overturned', 'clock_corrected']);
    const right = corrected(breached);
    expect(clockOf(right, 'response')).toMatchObject({ state: 'armed', dueAt: start + 2 * hour, firedAt: start + 31 * minute });
    const again = decideFiring(right, 'response', 1, start + 2 * hour);
    expect(again).toMatchObject([{ action: 'clock_fired', detail: { again: true, latenessMs: 0 } }]);
  });

  it('an answer that was late only by the wrong clock came in time', () => {
    const answered = after(given(opened()), { type: 'respond', actor: '林悦', text: '在' }, wrongFrom + 5 * minute);
    expect(clockOf(answered, 'response').state).toBe('fired');
    expect(clockOf(corrected(answered), 'response')).toMatchObject({ state: 'met', stoppedAt: start + 35 * minute });
  });

  it('a false alarm stays one: its breach is overturned and no clock is armed', () => {
    const closed = after(fired(given(opened()), wrongFrom), { type: 'false_alarm', actor: '林悦', reason: '误判' }, wrongFrom + minute);
    expect(corrected(closed).clocks.map(({ state }) => state)).toEqual(['void', 'void']);
    expect(corrected(closed).resolvedAt).toBe(start + 31 * minute);
  });
});
