/** Channels, browsers that asked to be told, sealed values, and links that were used. */
import { expect, test } from 'vitest';
import type { StoreCase } from './store-contract.ts';

export function registerChannelCases(stores: StoreCase): void {
  const row = (id: string, sealed = `sealed ${id}`) => ({ id, kind: 'wecom', enabled: id !== 'off', sealed });
  const read = (id: string, sealed?: string) => ({ ...row(id, sealed), readable: true });

  test('channels are replaced as a list and keep their order, also after a restart', async () => {
    const store = await stores.open();
    expect(await store.reads.channels()).toEqual([]);
    await store.write((tx) => tx.putChannels([row('b'), row('a'), row('off')], 1));
    await store.write((tx) => tx.putChannels([row('off'), row('b', 'anew')], 2));
    expect(await store.write((tx) => tx.channels())).toEqual([read('off'), read('b', 'anew')]);
    const again = await stores.reopen();
    expect(await again.reads.channels()).toEqual([read('off'), read('b', 'anew')]);
  });

  test('changes of the list come back as they were put, the newest first, also after a restart', async () => {
    const store = await stores.open();
    const change = (at: number, owner: string | null) => ({ at, owner, reason: owner, changes: [{ id: 'a', what: 'added' as const }] });
    expect(await store.reads.channelChanges(5)).toEqual([]);
    expect(await store.reads.channelListVersion()).toBe(0);
    for (const [at, owner] of [
      [2, '林悦'],
      [1, null],
      [1, '周屿'],
    ] as const)
      await store.write((tx) => tx.putChannelChange(change(at, owner)));
    const again = await stores.reopen();
    expect(await again.reads.channelListVersion()).toBe(3);
    expect(await again.reads.channelChanges(2)).toEqual([change(1, '周屿'), change(1, null)]);
  });

  test('of one person the newest browsers stay, and one that gave up goes', async () => {
    const store = await stores.open();
    const put = (id: string, person: string, at: number) => store.write((tx) => tx.putPushSubscription({ id, person, sealed: id }, at, 2));
    for (const [id, at] of [
      ['one', 1],
      ['two', 2],
      ['three', 3],
    ] as const)
      await put(id, 'yue', at);
    await put('other', 'chen', 1);
    await put('two', 'yue', 9);
    const of = async (...people: string[]) => (await store.reads.pushSubscriptions(people)).map(({ id }) => id);
    expect(await of('yue')).toEqual(['two', 'three']);
    expect(await of('chen', '林悦')).toEqual(['other']);
    await store.write((tx) => tx.removePushSubscription('two'));
    expect(await of('yue', 'chen')).toEqual(['three', 'other']);
    expect(await of()).toEqual([]);
  });

  test('a sealed value is the one put last', async () => {
    const store = await stores.open();
    expect(await store.write((tx) => tx.sealedValue('keys'))).toBeUndefined();
    await store.write((tx) => tx.putSealedValue('keys', 'one'));
    await store.write((tx) => tx.putSealedValue('keys', 'two'));
    expect(await store.write((tx) => tx.sealedValue('keys'))).toBe('two');
  });

  test('a link is used once', async () => {
    const store = await stores.open();
    const use = (link: string) => store.write((tx) => tx.useAckLink({ link, incidentId: 'i-1', person: '林悦', at: 5 }));
    expect(await store.reads.ackUsed('a')).toBe(false);
    expect(await use('a')).toBe(true);
    expect(await use('a')).toBe(false);
    expect([await store.reads.ackUsed('a'), await store.reads.ackUsed('b')]).toEqual([true, false]);
  });
}
