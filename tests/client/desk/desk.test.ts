import { describe, expect, it } from 'vitest';
import { nextClock } from '../../../client/desk/next-clock.ts';
import { isIncidentDetail, lastHumanAct, sameForPeople } from '../../../client/desk/conflict.ts';
import type { ClockView } from '../../../shared/incidents/types.ts';
import { incidentDetail } from '../../helpers/incidents-fixture.ts';

const detail = incidentDetail('i-17');
if (!detail) throw new Error('fixture without i-17');

describe('[C2] who was first', () => {
  it('is the last person in the audit, never the system', () => {
    expect(lastHumanAct(detail)).toMatchObject({ actor: '林悦', action: 'claimed' });
    expect(lastHumanAct({ ...detail, audit: detail.audit.filter((line) => line.actor === 'system') })).toBeNull();
  });
  it('a change people did not make leaves their decision standing', () => {
    expect(sameForPeople(detail, { ...detail, version: 9, mentionCount: 500 })).toBe(true);
    expect(sameForPeople(detail, { ...detail, version: 9, owner: '周屿' })).toBe(false);
    expect(sameForPeople(detail, { ...detail, version: 9, status: 'responded' })).toBe(false);
  });
  it('a problem without a present state is not taken for one', () => {
    expect(isIncidentDetail(undefined)).toBe(false);
    expect(isIncidentDetail({ version: 1 })).toBe(false);
    expect(isIncidentDetail(detail)).toBe(true);
  });
});

describe('the clock to look at', () => {
  const clock = (name: ClockView['name'], rest: Partial<ClockView> = {}): ClockView => ({
    name,
    generation: 1,
    startedAt: 0,
    dueAt: name === 'response' ? 7_200_000 : 86_400_000,
    state: 'armed',
    firedAt: null,
    latenessMs: null,
    stoppedAt: null,
    pausedMs: 0,
    ...rest,
  });
  it('is the response while it is owed, also when it is late', () => {
    expect(nextClock({ status: 'claimed', clocks: [clock('disposal'), clock('response')] })?.name).toBe('response');
    expect(nextClock({ status: 'open', clocks: [clock('disposal'), clock('response', { state: 'fired', firedAt: 1 })] })?.name).toBe(
      'response',
    );
  });
  it('is the disposal once answered, in time or late', () => {
    const met = clock('response', { state: 'met', stoppedAt: 5 });
    const late = clock('response', { state: 'fired', firedAt: 1, stoppedAt: 5 });
    expect(nextClock({ status: 'responded', clocks: [met, clock('disposal')] })?.name).toBe('disposal');
    expect(nextClock({ status: 'responded', clocks: [late, clock('disposal')] })?.name).toBe('disposal');
  });
  it('is one of the newest generation after a re-opening, and none when all is done', () => {
    const old = clock('response', { state: 'fired', firedAt: 1 });
    expect(nextClock({ status: 'open', clocks: [old, clock('response', { generation: 2 })] })?.generation).toBe(2);
    expect(nextClock({ status: 'resolved', clocks: [clock('response', { state: 'void' })] })).toBeNull();
  });
});
