import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyService, type PolicyFollowUp } from '../../../../server/pipeline/services/policies.ts';
import { createCommit } from '../../../../server/pipeline/ports/commit.ts';
import type { Touched } from '../../../../server/pipeline/ports/transaction.ts';
import type { PolicyService } from '../../../../server/pipeline/services/setting-services.ts';
import { openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let policies: PolicyService;
let signals: (readonly Touched[])[];
let followed: unknown[];

const follow: PolicyFollowUp = async (_tx, _append, standing, now) => {
  followed.push([standing.brands, now]);
  return ['incidents', 'policies'];
};

const parts = () => ({
  reads: line.store.reads,
  commit: createCommit(line.store, line.clock, (touched) => signals.push(touched)),
  calendar: line.calendar,
  clock: line.clock,
});

beforeEach(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  signals = [];
  followed = [];
  policies = createPolicyService({
    ...parts(),
    followUps: { brands: follow },
  });
});
afterEach(() => line.close());

const who = { owner: '林悦', reason: '新增竞品' };
const brands = { own: ['山澜'], tracked: ['铂域'] };

describe('/api/policies', () => {
  it('takes no disposal that ends before the answer it follows', async () => {
    const value = { responseMs: 7_200_000, disposalMs: 3_600_000 };
    const refused = { refused: true, code: 'invalid_policy', path: 'value.disposalMs' };
    expect(await policies.put('sla', { value, owner: '周屿', reason: '试' })).toMatchObject(refused);
  });

  it('are their defaults until somebody sets them', async () => {
    expect(await policies.get('sla')).toEqual({
      name: 'sla',
      value: { responseMs: 7_200_000, disposalMs: 86_400_000 },
      version: 0,
      owner: null,
      reason: null,
      effectiveFrom: null,
      history: [],
    });
  });

  it.each([-3 * 86_400_000, 0])(
    '[T8] hold in the order they were set, also where the clock was moved by %i ms between them',
    async (step) => {
      const setTo = (hours: number) => policies.put('sla', { value: { responseMs: hours * 3_600_000, disposalMs: 86_400_000 }, ...who });
      const value = { responseMs: 3_600_000 };
      await setTo(4);
      const behind = line.clock.now() + step;
      line.at(behind);
      expect(await setTo(2)).toMatchObject({ version: 2 });
      expect(await setTo(1)).toMatchObject({ version: 3, value });
      const standing = () => line.store.write((tx) => tx.policies());
      expect([await policies.get('sla'), await standing()]).toMatchObject([{ version: 3, value }, { sla: value }]);
      expect(line.clock.now()).toBe(behind);
      line.at(behind - step);
      expect([await policies.get('sla'), await standing()]).toMatchObject([{ version: 3, value }, { sla: value }]);
      line.at(behind - step + 1_000);
      expect(await setTo(5)).toMatchObject({ version: 4, effectiveFrom: line.clock.now() });
      expect(await policies.get('sla')).toMatchObject({ version: 4 });
    },
  );

  it('keep every version, and apply what they decide in the same transaction', async () => {
    const set = await policies.put('brands', { value: brands, ...who });
    expect(set).toMatchObject({ name: 'brands', value: brands, version: 1, owner: '林悦', effectiveFrom: line.clock.now() });
    expect(followed).toEqual([[brands, line.clock.now()]]);
    expect(signals).toEqual([['policies', 'incidents']]);
    line.at('2026-11-23T15:00:00+08:00');
    const wider = { ...brands, tracked: ['铂域', '意朗'] };
    expect(await policies.put('brands', { value: wider, ...who })).toMatchObject({ version: 2, value: wider });
    expect(await policies.get('brands')).toMatchObject({ version: 2 });
    expect((await line.store.reads.policyHistory('brands')).map((row) => row.value)).toEqual([brands, wider]);
    expect((await line.store.reads.policies()).brands).toEqual(wider);
  });

  it('the same again is no new version', async () => {
    await policies.put('brands', { value: brands, ...who });
    line.at('2026-11-23T15:00:00+08:00');
    expect(await policies.put('brands', { value: brands, ...who })).toMatchObject({ version: 1 });
    expect([signals.length, followed.length]).toEqual([1, 1]);
  });

  it('a follow-up that fails leaves the policy as it was', async () => {
    const broken = createPolicyService({
      ...parts(),
      followUps: { brands: () => Promise.reject(new Error('no')) },
    });
    await expect(broken.put('brands', { value: brands, ...who })).rejects.toThrow('no');
    expect([await policies.get('brands'), signals]).toMatchObject([{ version: 0 }, []]);
  });

  it('may take effect later, unless they decide stored facts again', async () => {
    const later = '2026-12-01T00:00:00+08:00';
    const sla = { responseMs: 3_600_000, disposalMs: 86_400_000 };
    expect(await policies.put('sla', { value: sla, ...who, effectiveFrom: later })).toMatchObject({ version: 1, value: sla });
    expect(await policies.get('sla')).toMatchObject({ version: 0 });
    line.at(later);
    expect(await policies.get('sla')).toMatchObject({ version: 1, value: sla });
    expect((await line.store.reads.policies()).sla).toEqual(sla);
    expect(await policies.put('brands', { value: brands, ...who, effectiveFrom: '2027-01-01T00:00:00+08:00' })).toMatchObject({
      status: 422,
      code: 'effective_later',
      path: 'effectiveFrom',
    });
  });

  it('[I7] are not dated back into closed days, unless these are to be restated', async () => {
    const readings = { conversionDays: 60 };
    const effectiveFrom = '2026-11-20T00:00:00+08:00';
    // So far the days before the workspace are history that nobody closed.
    expect(await policies.put('readings', { value: readings, ...who, effectiveFrom })).toMatchObject({ version: 1 });
    line.at('2026-11-26T00:00:00+08:00');
    const back = { value: { conversionDays: 90 }, ...who, effectiveFrom };
    expect(await policies.put('readings', back)).toMatchObject({
      refused: true,
      status: 422,
      code: 'closed_period',
      path: 'effectiveFrom',
    });
    expect(await policies.put('readings', { ...back, effectiveFrom: '2026-11-24T00:00:00+08:00' })).toMatchObject({ version: 2 });
    expect(await policies.put('readings', { ...back, restate: true })).toMatchObject({ version: 3 });
    const kept = await policies.get('readings');
    expect(kept).toMatchObject({ version: 2, history: [{ version: 1 }, { version: 2 }, { version: 3, value: { conversionDays: 90 } }] });
    // A rule no figure follows from may be dated as one likes.
    const sla = { responseMs: 3_600_000, disposalMs: 86_400_000 };
    expect(await policies.put('sla', { value: sla, ...who, effectiveFrom })).toMatchObject({ version: 1 });
  });

  it.each([
    ['brands', { own: ['a'], tracked: ['1', '2', '3', '4', '5', '6'] }, 'value.tracked'],
    ['brands', { own: ['a', ''], tracked: [] }, 'value.own[1]'],
    ['brands', null, 'value'],
    ['sla', { responseMs: 5, disposalMs: 86_400_000 }, 'value.responseMs'],
    ['polarity', { threshold: 0 }, 'value.threshold'],
  ])('refuses what is no value of %s: %j', async (name, value, path) => {
    expect(await policies.put(name, { value, ...who })).toMatchObject({ refused: true, status: 400, code: 'invalid_policy', path });
    expect(await policies.get(name)).toMatchObject({ version: 0 });
  });

  it('names what there is when asked for something else', async () => {
    for (const answer of [await policies.get('__proto__'), await policies.put('prices', { value: 1, ...who })]) {
      expect(answer).toMatchObject({ refused: true, status: 404, code: 'unknown_policy' });
      expect((answer as { detail: string }).detail).toContain('brands');
    }
  });
});
