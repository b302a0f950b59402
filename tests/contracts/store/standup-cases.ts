/** The stand-up: promises by any date they ever had, items by their age, and who said what when. */
import { expect, test } from 'vitest';
import type { StandupItem, StandupLine, StandupPromise } from '../../../shared/standup/types.ts';
import type { StoreCase } from './store-contract.ts';

const promise = (id: string, dueAt: number, rest: Partial<StandupPromise> = {}): StandupPromise => ({
  ...{ id, version: 1, what: `事 ${id}`, shortName: null, who: '林悦', department: null, dueAt, state: 'open', moves: [] },
  ...{ answeredAt: null, answeredBy: null, reason: null, enteredBy: '周屿', enteredAt: 1, ...rest },
});
const item = (id: string, since: number, rest: Partial<StandupItem> = {}): StandupItem => ({
  ...{ id, version: 1, department: '设计部', matter: `图 ${id}`, effect: null, contact: '许诺', since, state: 'open' },
  ...{ closedAt: null, closedBy: null, note: null, enteredBy: '周屿', enteredAt: since, ...rest },
});
const line = (at: number, action: StandupLine['action'], actor = '周屿'): Omit<StandupLine, 'seq'> => ({
  at,
  actor,
  action,
  detail: { at },
});

export function registerStandupCases(stores: StoreCase): void {
  test('[SU4] promises are found while they are open, and by every date they had', async () => {
    const store = await stores.open();
    const move = { from: 150, to: 900, reason: '改', actor: '林悦', at: 140 };
    await store.write(async (tx) => {
      await tx.putStandupPromise(promise('old', 10, { state: 'kept' }), line(1, 'promised'));
      await tx.putStandupPromise(promise('in', 120, { state: 'missed' }), line(2, 'promised'));
      await tx.putStandupPromise(promise('away', 900, { state: 'kept', moves: [move] }), line(3, 'moved'));
      await tx.putStandupPromise(promise('open', 5), line(4, 'promised'));
      await tx.putStandupPromise(promise('next', 200, { state: 'kept' }), line(5, 'promised'));
    });
    const ids = async (from: number, to: number) => (await store.reads.standupPromises({ from, to })).map(({ id }) => id).sort();
    expect(await ids(100, 200)).toEqual(['away', 'in', 'open']);
    expect(await ids(200, 201)).toEqual(['away', 'next', 'open']);
    expect(await store.write((tx) => tx.openStandup())).toEqual({ promises: 1, items: 0 });
  });

  test('[SU3] a promise keeps its newest state and every line; lines of a time are told with what they are about', async () => {
    const store = await stores.open();
    const number = await store.write((tx) => tx.takeStandupNumber());
    expect(await store.write((tx) => tx.takeStandupNumber())).toBe(number + 1);
    await store.write((tx) => tx.putStandupPromise(promise('p', 100), line(10, 'promised')));
    await store.write((tx) => tx.putStandupPromise(promise('p', 100, { state: 'kept', version: 2 }), line(20, 'kept', '林悦')));
    await store.write((tx) => tx.putStandupItem(item('i', 15), line(15, 'raised')));
    expect(await store.write((tx) => tx.standupPromise('p'))).toMatchObject({ state: 'kept', version: 2 });
    expect(await store.write((tx) => tx.standupPromise('nobody'))).toBeUndefined();
    expect(await store.reads.standupPromise('p')).toMatchObject({
      promise: { state: 'kept' },
      audit: [
        { at: 10, actor: '周屿', action: 'promised' },
        { at: 20, actor: '林悦', action: 'kept', detail: { at: 20 } },
      ],
    });
    expect(await store.reads.standupItem('nothing')).toBeUndefined();
    expect((await store.reads.standupSaid({ from: 15, to: 21 })).map(({ subject, id, action }) => [subject, id, action])).toEqual([
      ['promise', 'p', 'kept'],
      ['item', 'i', 'raised'],
    ]);
    expect(await store.reads.standupSeq()).toBe(3);
    expect(await store.reads.standupNames()).toEqual({ people: ['林悦'], departments: ['设计部'] });
  });

  test('items come by age; a closed one stays for who asks about the time since', async () => {
    const store = await stores.open();
    expect(await store.reads.standupSeq()).toBe(0);
    await store.write(async (tx) => {
      await tx.putStandupItem(item('young', 50), line(50, 'raised'));
      await tx.putStandupItem(item('old', 5), line(5, 'raised'));
      await tx.putStandupItem(item('done', 7, { state: 'closed', closedAt: 60, closedBy: '许诺', note: '好了' }), line(60, 'closed'));
    });
    const ids = async (closedSince: number) => (await store.reads.standupItems({ closedSince })).map(({ id }) => id);
    expect(await ids(60)).toEqual(['old', 'done', 'young']);
    expect(await ids(61)).toEqual(['old', 'young']);
    const again = await stores.reopen();
    expect((await again.reads.standupItem('done'))?.item).toMatchObject({ note: '好了', state: 'closed' });
    expect(await again.reads.storiesOpened(0)).toBe(0);
  });
}
