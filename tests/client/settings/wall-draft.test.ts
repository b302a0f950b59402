import { describe, expect, it } from 'vitest';
import { fieldOfPath, fieldsOf, policyOf } from '../../../client/settings/wall/wall-draft.ts';
import { defaultWall, wallPolicy, type WallPolicy } from '../../../shared/screens/wall-policy.ts';

describe('the form of the policy `wall`', () => {
  const others: readonly WallPolicy[] = [
    defaultWall,
    { ...defaultWall, standup: null, quiet: null, dim: { from: '20:00', to: '06:30', level: 0.35 }, sound: false, paintBudgetMs: 12_500 },
    { ...defaultWall, rotation: defaultWall.rotation.toReversed().slice(0, 2), standup: { at: '08:45', days: [6, 7], minutes: 30 } },
  ];

  it.each(others.map((policy) => [policy] as const))('gives back what it was given: %j', (policy) => {
    expect(policyOf(fieldsOf(policy))).toEqual(policy);
    expect(wallPolicy.safeParse(policyOf(fieldsOf(policy))).success).toBe(true);
  });

  it('asks the server about half a pair of hours instead of guessing the other half', () => {
    const draft = policyOf({ ...fieldsOf(defaultWall), quietFrom: '' });
    expect(draft.quiet).toEqual({ from: '', to: '07:00' });
    expect(wallPolicy.safeParse(draft).error?.issues[0]?.path).toEqual(['quiet', 'from']);
  });

  it('survives a row that is being added', () => {
    expect(policyOf({ ...fieldsOf(defaultWall), rotation: [undefined, { scene: 'overview', seconds: null }] }).rotation).toEqual([
      { scene: 'overview', seconds: 30 },
    ]);
  });

  it('finds the field a refusal of the server means', () => {
    expect(fieldOfPath('value.rotation[2].seconds')).toEqual(['rotation', 2, 'seconds']);
    expect(fieldOfPath('value.rotation[1].scene')).toEqual(['rotation', 1, 'scene']);
    expect(fieldOfPath('value.standup.days[0]')).toBe('standupDays');
    expect(fieldOfPath('value.quiet.from')).toBe('quietFrom');
    expect(fieldOfPath('value.paintBudgetMs')).toBe('paintBudget');
    expect(fieldOfPath('owner')).toBeUndefined();
  });
});
