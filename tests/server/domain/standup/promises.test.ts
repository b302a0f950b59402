import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { decidePromise, enterPromise, type PromiseChange } from '../../../../server/domain/standup/promises.ts';
import type { StandupRefusal } from '../../../../server/domain/standup/refusal.ts';
import type { PromiseCommand, PromiseDocument } from '../../../../shared/standup/types.ts';

const calendar = createCalendar('Asia/Shanghai');
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+08:00`);
const whole: PromiseDocument = {
  ...{ commandId: 'c', actor: '周屿', who: '林悦', what: '差评回访单', due: { day: '2026-11-23', time: '10:00' } },
};

function done(answer: PromiseChange | StandupRefusal): PromiseChange {
  if ('refused' in answer) throw new Error(answer.detail);
  return answer;
}
function refused(answer: PromiseChange | StandupRefusal): StandupRefusal {
  if (!('refused' in answer)) throw new Error('nothing was refused');
  return answer;
}
const entered = () => done(enterPromise('p-1', whole, at('09:00'), calendar)).promise;
const by = { commandId: 'x', actor: '林悦' };
const command = (rest: { type: 'keep' } | { type: 'miss'; reason?: string } | { type: 'reopen' }, expectedVersion = 1): PromiseCommand => ({
  ...{ ...by, expectedVersion },
  ...rest,
});

describe('a promise', () => {
  it('has a person, a matter and a date, and says who entered it when', () => {
    const { promise, line } = done(enterPromise('p-1', { ...whole, shortName: '回访单', department: '公关' }, at('09:00'), calendar));
    expect(promise).toMatchObject({
      id: 'p-1',
      version: 1,
      who: '林悦',
      dueAt: at('10:00'),
      state: 'open',
      shortName: '回访单',
      enteredBy: '周屿',
    });
    expect(line).toEqual({
      at: at('09:00'),
      actor: '周屿',
      action: 'promised',
      detail: { what: '差评回访单', who: '林悦', dueAt: at('10:00') },
    });
  });

  it('[SU1] is refused without one of the three, and the refusal names all that is missing', () => {
    const { commandId, actor } = whole;
    expect(refused(enterPromise('p', { commandId, actor }, at('09:00'), calendar))).toEqual({
      ...{ refused: true, status: 422, code: 'incomplete', path: 'what' },
      detail: 'A promise needs what, who, due; missing: what, who, due.',
    });
    const { due: _due, ...undated } = whole;
    expect(refused(enterPromise('p', undated, at('09:00'), calendar))).toMatchObject({
      path: 'due',
      detail: expect.stringContaining('missing: due.'),
    });
    // What nobody can see is as absent as what nobody typed.
    for (const who of ['', '\u200b', '\u2060 \u00a0', '\u2800', '\ufe0f'])
      expect(refused(enterPromise('p', { ...whole, who }, at('09:00'), calendar)), JSON.stringify(who)).toMatchObject({
        code: 'incomplete',
        path: 'who',
      });
  });

  it('[SU2] is for a time to come, on a day there is', () => {
    const on = (day: string, time: string) => enterPromise('p', { ...whole, due: { day, time } }, at('10:00'), calendar);
    expect(refused(on('2026-11-23', '10:00')).code).toBe('due_passed');
    expect(done(on('2026-11-23', '10:01')).promise.dueAt).toBe(at('10:01'));
    expect(refused(on('2026-02-30', '10:00')).code).toBe('bad_due');
    expect(refused(on('2036-01-01', '10:00')).code).toBe('bad_due');
  });

  it('[SU2] the minute is that of the wall clock, also on a day on which clocks change', () => {
    const berlin = createCalendar('Europe/Berlin');
    const due = (day: string) =>
      done(enterPromise('p', { ...whole, due: { day, time: '18:30' } }, Date.parse('2026-03-01T00:00:00Z'), berlin));
    expect(due('2026-03-28').promise.dueAt).toBe(Date.parse('2026-03-28T18:30:00+01:00'));
    expect(due('2026-03-29').promise.dueAt).toBe(Date.parse('2026-03-29T18:30:00+02:00'));
    expect(due('2026-10-25').promise.dueAt).toBe(Date.parse('2026-10-25T18:30:00+01:00'));
  });
});

describe('[SU3] what becomes of it', () => {
  it('kept, or missed with a reason; an answer can be taken back', () => {
    const kept = done(decidePromise(entered(), command({ type: 'keep' }), at('09:50'), calendar));
    expect(kept).toMatchObject({
      promise: { state: 'kept', version: 2, answeredBy: '林悦', answeredAt: at('09:50') },
      line: { action: 'kept' },
    });
    const missed = done(decidePromise(entered(), command({ type: 'miss', reason: '等素材' }), at('11:00'), calendar));
    expect(missed.promise).toMatchObject({ state: 'missed', reason: '等素材' });
    const open = done(decidePromise(kept.promise, command({ type: 'reopen' }, 2), at('12:00'), calendar));
    expect(open).toMatchObject({
      promise: { state: 'open', version: 3, answeredBy: null },
      line: { action: 'reopened', detail: { was: 'kept' } },
    });
  });

  it('moved: it is open again with another date, which lies ahead, and remembers why', () => {
    const move = (day: string, time: string): PromiseCommand => ({
      ...by,
      expectedVersion: 1,
      type: 'move',
      reason: '对方改期',
      due: { day, time },
    });
    expect(refused(decidePromise(entered(), move('2026-11-23', '09:00'), at('11:00'), calendar)).code).toBe('due_passed');
    const { promise, line } = done(decidePromise(entered(), move('2026-11-25', '18:00'), at('11:00'), calendar));
    const to = Date.parse('2026-11-25T18:00:00+08:00');
    expect(promise).toMatchObject({
      state: 'open',
      dueAt: to,
      moves: [{ from: at('10:00'), to, reason: '对方改期', actor: '林悦', at: at('11:00') }],
    });
    expect(line).toMatchObject({ action: 'moved', detail: { from: at('10:00'), to, reason: '对方改期' } });
  });

  it('[C2] whoever lost a race is told who won; another change is told by its version', () => {
    const kept = done(decidePromise(entered(), command({ type: 'keep' }), at('09:50'), calendar)).promise;
    expect(refused(decidePromise(kept, command({ type: 'miss' }), at('09:51'), calendar))).toMatchObject({
      ...{ status: 409, code: 'already_answered', detail: '林悦 has said already that it was kept.' },
    });
    expect(refused(decidePromise(entered(), command({ type: 'keep' }, 7), at('09:51'), calendar)).code).toBe('version_mismatch');
    expect(refused(decidePromise(entered(), command({ type: 'reopen' }), at('09:51'), calendar)).code).toBe('not_answered');
  });
});
