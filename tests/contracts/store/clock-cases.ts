/** What a store keeps of its own clock: the epochs that receipts are read by, and stamps that are put right [T8]. */
import { expect, test } from 'vitest';
import type { FactVersion } from '../../../server/domain/facts.ts';
import { salesRow } from './ledger-cases.ts';
import { factOf, order, write } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

const day = 86_400_000;
/** Epochs with these shifts. */
const epochs = (...shifts: number[]) => JSON.stringify({ epochs: shifts.map((shiftMs) => ({ since: 0, shiftMs })), comparableFrom: 0 });

function stamped(version: FactVersion, receivedAt: number, more: Partial<FactVersion> = {}): FactVersion {
  return Object.assign({ ...version, receivedAt }, more);
}

export function registerClockCases(stores: StoreCase): void {
  test('[T8] [IC28] a receipt is read as its epoch says, everywhere, also after it was written again', async () => {
    let store = await stores.open();
    const paid = order({ orderId: '1', paidAt: 5 });
    const [version] = paid.fact.versions;
    const [newer] = order({ orderId: '1', version: 2, paidAt: 6 }).fact.versions;
    if (!version || !newer) throw new Error('a sample without versions');
    const key = paid.fact.key;
    const first = stamped(version, 1_000);
    const wrong = stamped(newer, 3 * day + 2_000, { epoch: 1, firstReceivedAt: 1_000 });
    await store.write(async (tx) => {
      await tx.putClockEpochs(epochs(0, 0));
      await tx.putFacts([write(factOf('order', '1', [first]), paid.columns)]);
      await tx.putFacts([write(factOf('order', '1', [wrong]), paid.columns, { isNew: false, history: [first] })]);
    });
    const standing = () => store.write(async (tx) => (await tx.factsByKey('order', [key])).get(key)?.versions[0]);
    expect(await standing()).toEqual(wrong);

    const right = { ...wrong, receivedAt: 2_000 };
    await store.write(async (tx) => {
      await tx.putClockEpochs(epochs(0, -3 * day, 0));
      expect((await tx.factsByKey('order', [key])).get(key)?.versions[0]).toEqual(right);
    });
    expect(await standing()).toEqual(right);
    await store.write((tx) => tx.putFacts([write(factOf('order', '1', [right]), paid.columns, { isNew: false })]));
    store = await stores.reopen();
    expect(await standing()).toEqual(right);
    expect((await store.reads.facts({ kind: 'order', limit: 5 }))[0]?.fact.versions).toEqual([right]);
    const snapshot = stores.source().snapshot();
    const [members] = [...snapshot.facts('order')].flat();
    snapshot.close();
    expect(members).toMatchObject({ fact: { versions: [{ receivedAt: 2_000 }] }, history: [{ receivedAt: 1_000 }] });

    await store.write((tx) => tx.putClockEpochs(epochs(500, -3 * day + 7, 0)));
    expect(await standing()).toMatchObject({ receivedAt: 2_007, firstReceivedAt: 1_500 });
  });

  test('[I1] epochs of a transaction that fails are not read by', async () => {
    const store = await stores.open();
    const { fact, columns } = order({ orderId: '1', paidAt: 5 });
    await store.write((tx) => tx.putFacts([write(fact, columns)]));
    const failed = store.write(async (tx) => {
      await tx.putClockEpochs(epochs(day));
      throw new Error('planted');
    });
    await expect(failed).rejects.toThrow('planted');
    expect((await store.write((tx) => tx.factsByKey('order', [fact.key]))).get(fact.key)).toEqual(fact);
    expect(await store.write((tx) => tx.clockEpochs())).toBeUndefined();
  });

  test('[I1] a renewed ledger has no blocks, and stands behind every position there was', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.appendLedger([salesRow('1', 1)]));
    await store.write((tx) => tx.appendLedger([salesRow('2', 2)]));
    expect(await store.write((tx) => tx.ledgerPosition())).toBe(2);
    expect(await store.write((tx) => tx.renewLedger())).toBe(3);
    expect(stores.source().bounds()).toEqual({ oldest: null, newest: 3 });
    expect(await store.write((tx) => tx.appendLedger([salesRow('3', 3)]))).toBe(4);
    expect(stores.source().bounds()).toEqual({ oldest: 4, newest: 4 });
  });

  test('[T8] settings set under a wrong clock are in force by the right one, and no sign of life lies in the future', async () => {
    let now = 4 * day;
    const store = await stores.open(() => now);
    const set = (own: string, effectiveFrom: number) => ({ ...who, value: { own: [own], tracked: [] }, effectiveFrom, setAt: now });
    const who = { owner: '测试', reason: '演练' };
    await store.write(async (tx) => {
      await tx.putPolicy('brands', set('错时', now - 4));
      await tx.putPolicy('sla', { ...who, value: { responseMs: 1, disposalMs: 2 }, effectiveFrom: 9 * day, setAt: now });
      await tx.touchStreams([{ stream: 'orders', receivedAt: now, occurredAt: 5, aliveAt: null }]);
    });
    now = day;
    await store.write(async (tx) => {
      await tx.settleStamps(4 * day, now, (stamp) => stamp - 3 * day);
      await tx.putPolicy('brands', set('后来', now));
    });
    expect((await store.write((tx) => tx.policies())).brands.own).toEqual(['后来']);
    expect(await store.reads.policyHistory('sla')).toMatchObject([{ effectiveFrom: 9 * day, setAt: day }]);
    expect(await store.reads.streams()).toMatchObject([{ stream: 'orders', receivedAt: day, occurredAt: 5, aliveAt: null }]);
  });
}
