/** Steps of escalation and the roster they call by. */
import { expect, test } from 'vitest';
import type { EscalationStep } from '../../../server/domain/escalation/steps.ts';
import type { Roster } from '../../../shared/incidents/roster.ts';
import type { StoreCase } from './store-contract.ts';

const step = (over: Partial<EscalationStep> = {}): EscalationStep => ({
  ...{ incidentId: 'i1', generation: 1, name: 'ladder:0', round: 1, when: 'unclaimed', roles: ['duty', 'lead'] },
  ...{ startedAt: 100, afterMs: 50, dueAt: 150, state: 'armed', firedAt: null, people: [] },
  ...over,
});

export function registerEscalationCases(stores: StoreCase): void {
  test('[T1] [T2] [T3] steps come back as they were put, are due at their instant and not before, oldest first', async () => {
    const store = await stores.open();
    const all = [step(), step({ incidentId: 'i2', dueAt: 140 }), step({ name: 'nudge', when: 'idle', roles: [], dueAt: 900 })];
    await store.write((tx) => tx.putEscalationSteps([...all, step({ name: 'ladder:1', state: 'stopped', dueAt: 10 })]));
    const again = await stores.reopen();
    const due = async (now: number, limit = 10) => (await again.write((tx) => tx.dueSteps(now, limit))).map((s) => [s.incidentId, s.name]);
    expect(await due(139)).toEqual([]);
    expect(await due(149)).toEqual([['i2', 'ladder:0']]);
    expect(await due(900)).toEqual([
      ['i2', 'ladder:0'],
      ['i1', 'ladder:0'],
      ['i1', 'nudge'],
    ]);
    expect(await due(900, 1)).toHaveLength(1);
    expect(await again.write((tx) => tx.escalationSteps(['i2', 'i2', 'none']))).toEqual([all[1]]);
    await again.write((tx) => tx.putEscalationSteps([step({ incidentId: 'i2', dueAt: 800, round: 2 })]));
    expect(await again.write((tx) => tx.escalationSteps(['i2']))).toEqual([step({ incidentId: 'i2', dueAt: 800, round: 2 })]);
  });

  test('gaps somebody was told of are known by their beginnings, also after a restart', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.putToldGaps([0, 900], 5));
    await store.write((tx) => tx.putToldGaps([900, 800], 6));
    const again = await stores.reopen();
    expect(await again.write((tx) => tx.toldGaps([900, 0, 7]))).toEqual([0, 900]);
    expect(await again.write((tx) => tx.toldGaps([]))).toEqual([]);
  });

  test('[T4] of many firings of one step exactly one is told it was first, and none of an earlier round', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.putEscalationSteps([step()]));
    const won = await Promise.all(Array.from({ length: 20 }, () => store.write((tx) => tx.fireStep(step(), 160, ['lin']))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.write((tx) => tx.escalationSteps(['i1']))).toEqual([step({ state: 'fired', firedAt: 160, people: ['lin'] })]);
    await store.write((tx) => tx.putEscalationSteps([step({ round: 2 })]));
    expect(await store.write((tx) => tx.fireStep(step(), 170, []))).toBe(false);
    expect(await store.write((tx) => tx.fireStep(step({ round: 2 }), 170, []))).toBe(true);
  });

  test('[T8] a step of our clock concerns incidents with an armed step, and with one that fired since', async () => {
    const store = await stores.open();
    await store.write((tx) =>
      tx.putEscalationSteps([
        step({ incidentId: 'armed' }),
        step({ incidentId: 'fired', state: 'fired', firedAt: 500 }),
        step({ incidentId: 'long ago', state: 'fired', firedAt: 400 }),
      ]),
    );
    expect((await store.write((tx) => tx.incidentsStampedFrom(500))).toSorted()).toEqual(['armed', 'fired']);
  });

  test('[ES6] the roster in force is the newest effective one, apart from the other policies; its gaps are told', async () => {
    let now = 1_000;
    const store = await stores.open(() => now);
    expect(await store.write((tx) => tx.roster())).toEqual({ people: [], shifts: [] });
    expect(await store.reads.nextRosterGap()).toBeNull();
    const at = (ms: number) => new Date(ms).toISOString();
    const person = { id: 'lin', name: '林悦', roles: ['duty' as const], contacts: [] };
    const rosterUntil = (to: number): Roster => ({ people: [person], shifts: [{ role: 'duty', person: 'lin', from: at(0), to: at(to) }] });
    const set = (value: Roster, effectiveFrom: number) =>
      store.write((tx) => tx.putPolicy('roster', { value, owner: '林悦', reason: '排班', effectiveFrom, setAt: now }));
    await set(rosterUntil(50_000), 1_000);
    await set(rosterUntil(90_000), 5_000);
    expect(await store.write((tx) => tx.roster())).toEqual(rosterUntil(50_000));
    expect(await store.reads.nextRosterGap()).toEqual({ from: 50_000, to: 1_000 + 7 * 86_400_000, more: 0 });
    expect(Object.keys(await store.reads.policies())).not.toContain('roster');
    now = 5_000;
    expect(await store.write((tx) => tx.roster())).toEqual(rosterUntil(90_000));
    const { roles, gaps } = await store.reads.rosterGaps({ from: 0, to: 100_000 });
    expect(roles).toEqual(['duty', 'backup', 'lead', 'director']);
    expect(gaps.slice(0, 2)).toEqual([
      { role: 'duty', from: 90_000, to: 100_000 },
      { role: 'backup', from: 0, to: 100_000 },
    ]);
    await expect(
      store.write(async (tx) => {
        await tx.putPolicy('roster', { value: rosterUntil(1), owner: 'o', reason: 'r', effectiveFrom: now, setAt: now });
        expect(await tx.roster()).toEqual(rosterUntil(1));
        throw new Error('planted');
      }),
    ).rejects.toThrow('planted');
    expect(await store.write((tx) => tx.roster())).toEqual(rosterUntil(90_000));
  });
}
