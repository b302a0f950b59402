/** Policies and targets: all versions kept, the newest effective one in force. */
import { expect, test } from 'vitest';
import { policyDefaults, type Target } from '../../../shared/kpi/targets.ts';
import type { StoreCase } from './store-contract.ts';

export function registerSettingCases(stores: StoreCase): void {
  const who = { owner: '林悦', reason: '双11' };
  const sla = (responseMs: number) => ({ responseMs, disposalMs: 1_000_000 });

  test('policies have their defaults until they are set; a later effective date waits for its day', async () => {
    let now = 1_000;
    const store = await stores.open(() => now);
    expect(await store.reads.policies()).toEqual(policyDefaults);
    const set = (responseMs: number, effectiveFrom: number) =>
      store.write((tx) => tx.putPolicy('sla', { value: sla(responseMs), ...who, effectiveFrom, setAt: now }));
    await set(2_000, 1_000);
    await set(5_000, 5_000);
    await set(3_000, 2_000);
    const inForce = async () => [(await store.reads.policies()).sla.responseMs, (await store.write((tx) => tx.policies())).sla.responseMs];
    expect(await inForce()).toEqual([2_000, 2_000]);
    now = 2_000;
    expect(await inForce()).toEqual([3_000, 3_000]);
    now = 5_000;
    expect(await inForce()).toEqual([5_000, 5_000]);
    await set(6_000, 5_000);
    expect(await inForce()).toEqual([6_000, 6_000]);
    expect((await store.reads.policies()).brands).toEqual(policyDefaults.brands);
    const history = await store.reads.policyHistory('sla');
    expect(history.map((h) => [h.version, h.value, h.owner, h.effectiveFrom])).toEqual([
      [1, sla(2_000), '林悦', 1_000],
      [2, sla(5_000), '林悦', 5_000],
      [3, sla(3_000), '林悦', 2_000],
      [4, sla(6_000), '林悦', 5_000],
    ]);
  });

  test('of targets for one KPI, period and dimension the newest effective one is in force', async () => {
    let now = Date.parse('2026-11-01T00:00:00Z');
    const store = await stores.open(() => now);
    const target = (value: number, more: Partial<Target> = {}): Target => ({
      kpi: 'net_sales',
      grain: 'month',
      period: '2026-11',
      value,
      ...who,
      ...more,
    });
    const inForce = async () => {
      const read = await store.reads.targets();
      expect(await store.write((tx) => tx.targets())).toEqual(read);
      return read.map((t) => [t.period, t.dimension, t.value]).sort((a, b) => Number(a[2]) - Number(b[2]));
    };
    await store.write((tx) => tx.putTargets([target(100), target(7, { dimension: { channel: '天猫', region: '华东' } })], now));
    now += 1_000;
    await store.write((tx) =>
      tx.putTargets(
        [
          target(200),
          target(8, { dimension: { region: '华东', channel: '天猫' } }),
          target(300, { effectiveFrom: '2026-11-02T00:00:00Z' }),
        ],
        now,
      ),
    );
    expect(await inForce()).toEqual([
      ['2026-11', { region: '华东', channel: '天猫' }, 8],
      ['2026-11', undefined, 200],
    ]);
    now = Date.parse('2026-11-02T00:00:00Z');
    expect((await inForce()).map((t) => t[2])).toEqual([8, 300]);
    // Whatever is in force, every target ever set can be told.
    const history = await store.reads.targetHistory();
    expect(history.map(({ target: { value }, setAt }) => [value, setAt - Date.parse('2026-11-01T00:00:00Z')])).toEqual([
      [100, 0],
      [7, 0],
      [200, 1_000],
      [8, 1_000],
      [300, 1_000],
    ]);
  });

  test('a period is closed once, and its closing is never changed; what is older than the store is told by its making', async () => {
    const store = await stores.open(() => 1_000);
    expect(await store.reads.closings()).toEqual({ workspaceSince: 1_000, byHand: [] });
    const november = { grain: 'month' as const, period: '2026-11', at: 5_000, ...who };
    const day = { grain: 'day' as const, period: '2026-10-03', at: 4_000, ...who };
    await store.write((tx) => tx.putClosing(november));
    await store.write((tx) => tx.putClosing(day));
    await expect(store.write((tx) => tx.putClosing({ ...november, at: 6_000 }))).rejects.toThrow();
    expect((await store.reads.closings()).byHand).toEqual([day, november]);
    expect(await store.write((tx) => tx.closings())).toEqual([day, november]);
  });
}
