import { describe, expect, it } from 'vitest';
import { decideFiring } from '../../../../server/domain/incidents/decide-firing.ts';
import { isIncidentRefusal } from '../../../../server/domain/incidents/refusal.ts';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { actions, after, clockOf, given, hour, opened, T0, when } from './story-spec.ts';

const claim = (actor: string) => ({ type: 'claim', actor }) as const;
const respond = (actor: string) => ({ type: 'respond', actor, text: '我们已联系用户' }) as const;
const resolve = { type: 'resolve', actor: '林悦' } as const;
const falseAlarm = { type: 'false_alarm', actor: '林悦', reason: '讽刺' } as const;
const reopen = { type: 'reopen', actor: '陈放', reason: '又来了' } as const;

const fired = (incident: Incident, name: 'response' | 'disposal', at: number): Incident =>
  decideFiring(incident, name, 1, at).reduce<Incident>((state, event) => evolve(state, event), incident);

describe('[C1] open → claimed → responded → resolved', () => {
  it('[IC7] walks the whole way and stops both clocks', () => {
    const claimed = after(given(opened()), claim('林悦'), T0 + 1);
    expect(claimed).toMatchObject({ status: 'claimed', owner: '林悦' });
    const responded = after(claimed, respond('林悦'), T0 + hour);
    expect(responded).toMatchObject({ status: 'responded', response: '我们已联系用户' });
    expect(clockOf(responded, 'response')).toMatchObject({ state: 'met', stoppedAt: T0 + hour });
    expect(clockOf(responded, 'disposal').state).toBe('armed');
    const resolved = after(responded, resolve, T0 + 3 * hour);
    expect(resolved).toMatchObject({ status: 'resolved', resolvedAt: T0 + 3 * hour });
    expect(clockOf(resolved, 'disposal')).toMatchObject({ state: 'met', stoppedAt: T0 + 3 * hour });
  });

  it('[IC7] lets an unclaimed story be answered; whoever answers owns it', () => {
    expect(after(given(opened()), respond('陈放'), T0 + 1)).toMatchObject({ status: 'responded', owner: '陈放' });
  });

  it('[IC7] refuses to resolve what nobody answered', () => {
    expect(actions(when(given(opened()), resolve, T0 + 1))).toEqual(['refused answer_first']);
    expect(actions(when(after(given(opened()), claim('林悦'), T0 + 1), resolve, T0 + 2))).toEqual(['refused answer_first']);
  });

  it('refuses a second answer and anything on a closed incident', () => {
    const responded = after(given(opened()), respond('林悦'), T0 + 1);
    expect(actions(when(responded, respond('陈放'), T0 + 2))).toEqual(['refused already_answered']);
    expect(actions(when(responded, claim('陈放'), T0 + 2))).toEqual(['refused already_answered']);
    const resolved = after(responded, resolve, T0 + 3);
    for (const asked of [claim('陈放'), respond('陈放'), resolve, falseAlarm]) {
      expect(actions(when(resolved, asked, T0 + 4))).toEqual(['refused already_closed']);
    }
  });

  it('[IC7] a false alarm voids what is still armed and leaves a breach a breach [T7]', () => {
    const alarm = after(fired(given(opened()), 'response', T0 + 2 * hour), falseAlarm, T0 + 3 * hour);
    expect(alarm.status).toBe('false_alarm');
    expect(clockOf(alarm, 'response')).toMatchObject({ state: 'fired', firedAt: T0 + 2 * hour });
    expect(clockOf(alarm, 'disposal').state).toBe('void');
  });

  it('[IC7] reopening starts clocks of a new generation and asks for a new owner and answer', () => {
    expect(actions(when(given(opened()), reopen, T0 + 1))).toEqual(['refused not_closed']);
    const closed = after(given(opened()), falseAlarm, T0 + hour);
    const again = after(closed, reopen, T0 + 5 * hour);
    expect(again).toMatchObject({ status: 'open', owner: null, response: null });
    expect(clockOf(again, 'response', 2)).toMatchObject({ state: 'armed', startedAt: T0 + 5 * hour, dueAt: T0 + 7 * hour });
    expect(clockOf(again, 'disposal', 1).state).toBe('void');
    expect(again.clocks).toHaveLength(4);
  });
});

describe('[C2] of many who act at once, one wins and the others learn who', () => {
  it('[IC8] names the owner to a late claimer, whatever version they saw', () => {
    const claimed = after(given(opened()), claim('林悦'), T0 + 1);
    for (const seen of [1, 2]) {
      const answer = when(claimed, claim('陈放'), T0 + 2, seen);
      expect(answer).toMatchObject({ refused: true, code: 'already_claimed' });
      expect(isIncidentRefusal(answer) && answer.detail).toContain('林悦');
    }
  });

  it('refuses a command that saw another version', () => {
    const claimed = after(given(opened()), claim('林悦'), T0 + 1);
    expect(actions(when(claimed, respond('林悦'), T0 + 2, 1))).toEqual(['refused version_mismatch']);
    expect(actions(when(claimed, respond('林悦'), T0 + 2, 2))).toEqual(['responded']);
  });
});

describe('[T6] an answer counts by the time its request arrived', () => {
  const due = T0 + 2 * hour;

  it('at the deadline is in time, a millisecond later is not', () => {
    expect(clockOf(after(given(opened()), respond('林悦'), due), 'response').state).toBe('met');
    const late = when(given(opened()), respond('林悦'), due + 1);
    expect(actions(late)).toEqual(['clock_fired', 'responded']);
    expect(late).toMatchObject([{ detail: { latenessMs: 1 } }, { detail: { outcome: 'late' } }]);
    const state = after(given(opened()), respond('林悦'), due + 1);
    expect(clockOf(state, 'response')).toMatchObject({ state: 'fired', firedAt: due + 1, stoppedAt: due + 1 });
  });

  it('[IC9] overturns a breach written before an answer that had arrived in time was', () => {
    const breached = fired(given(opened()), 'response', due + 5);
    expect(actions(when(breached, respond('林悦'), due - 1))).toEqual(['breach_overturned', 'responded']);
    const state = after(breached, respond('林悦'), due - 1);
    expect(clockOf(state, 'response')).toMatchObject({ state: 'met', firedAt: due + 5, stoppedAt: due - 1 });
  });

  it('[T7] a late answer leaves the breach', () => {
    const breached = fired(given(opened()), 'response', due);
    expect(actions(when(breached, respond('林悦'), due + hour))).toEqual(['responded']);
    expect(clockOf(after(breached, respond('林悦'), due + hour), 'response')).toMatchObject({ state: 'fired', stoppedAt: due + hour });
  });

  it('holds for the disposal clock too', () => {
    const responded = after(given(opened()), respond('林悦'), T0 + 1);
    expect(actions(when(responded, resolve, T0 + 24 * hour))).toEqual(['resolved']);
    expect(actions(when(responded, resolve, T0 + 24 * hour + 1))).toEqual(['clock_fired', 'resolved']);
    expect(actions(when(fired(responded, 'disposal', T0 + 25 * hour), resolve, T0 + 24 * hour))).toEqual(['breach_overturned', 'resolved']);
  });
});

describe('[T2] a deadline never fires early', () => {
  it('[IC10] not a millisecond before it is due, and only while armed', () => {
    const incident = given(opened());
    expect(decideFiring(incident, 'response', 1, T0 + 2 * hour - 1)).toEqual([]);
    expect(decideFiring(incident, 'response', 1, T0 + 2 * hour)).toMatchObject([{ action: 'clock_fired', detail: { latenessMs: 0 } }]);
    expect(decideFiring(fired(incident, 'response', T0 + 2 * hour), 'response', 1, T0 + 3 * hour)).toEqual([]);
    expect(decideFiring(incident, 'response', 2, T0 + 3 * hour)).toEqual([]);
  });
});
