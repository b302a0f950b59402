/** What the desk of PR asks for beside stories: spread, search, kept text, drafts, and what waits for a decision. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DismissCommand } from '../../../../shared/incidents/draft.ts';
import { placeOf } from '../../../../server/pipeline/ports/page.ts';
import { at, incidentRig, keyOf, T0, type Rig } from '../incidents/incident-rig.ts';

const HOUR_MS = 3_600_000;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
  await rig.policy('brands', { own: ['山澜'], tracked: [] });
});
afterEach(() => rig.close());

const firstId = async (): Promise<string> => {
  const [first] = await rig.open();
  if (first === undefined) throw new Error('no incident opened');
  return first.id;
};

describe('a story', () => {
  it('tells where it spreads and how many mentions an hour it has, without a gap in the hours', async () => {
    const publish = (id: string, platform: string, ago: number) =>
      rig.publish({ id, occurredAt: T0 - ago, data: { storyId: 'S', platform, detectedAt: at(T0 - 60_000) } });
    await publish('a', '抖音', 3 * HOUR_MS);
    await publish('b', '抖音', 60_000);
    await publish('c', '微博', 120_000);
    const spread = await rig.service.spread(await firstId());
    expect(spread?.platforms).toEqual([
      { platform: '抖音', mentions: 2 },
      { platform: '微博', mentions: 1 },
    ]);
    expect(spread?.hours.map(({ mentions }) => mentions)).toEqual([1, 0, 0, 2]);
    expect(spread?.recent).toEqual({ mentions: 2, platform: '微博', ofPlatform: 1 });
    expect(await rig.service.spread('nope')).toBeUndefined();
  });

  it('[S7] is searched on the server, page by page, and every page says how many were found', async () => {
    await rig.publish(
      ...['漏水了', '噪音大', '又漏水', '漏水三次', 'Leak'].map((text, i) => ({ id: `m${i}`, data: { storyId: 'S', text, reach: i } })),
    );
    const id = await firstId();
    const ask = (search: string, after: string | null) =>
      rig.service.mentions(id, { order: 'reach', limit: 2, after: after === null ? null : (placeOf(after) ?? null), search });
    const page = await ask('漏水', null);
    expect([page?.total, page?.mentions.map(({ text }) => text)]).toEqual([3, ['漏水三次', '又漏水']]);
    const second = await ask('漏水', page?.next ?? null);
    expect([second?.total, second?.mentions.map(({ text }) => text), second?.next]).toEqual([3, ['漏水了'], null]);
    expect((await ask('leak', null))?.mentions.map(({ text }) => text)).toEqual(['Leak']);
    expect((await ask('没有', null))?.total).toBe(0);
  });

  it('keeps the text of a mention with its digest', async () => {
    await rig.publish({ id: 'm', data: { storyId: 'S', text: '漏水 💧' } });
    const kept = await rig.service.mention(await firstId(), keyOf('m'));
    expect(kept?.sha256).toBe(createHash('sha256').update('漏水 💧', 'utf8').digest('hex'));
  });
});

describe('a draft', () => {
  it('is kept for each person, the last one written stays, and an empty one is gone', async () => {
    await rig.publish({ id: 'm', data: { storyId: 'S' } });
    const id = await firstId();
    const put = (person: string, text: string, ms: number) => rig.service.putDraft(id, { person, text, links: [] }, T0 + ms);
    await put('林悦', '一', 1);
    await put('林悦', '二', 2);
    await put('周屿', '三', 3);
    expect(await rig.service.draft(id, '林悦')).toEqual({
      draft: { text: '二', links: [], updatedAt: T0 + 2 },
      others: [{ person: '周屿', updatedAt: T0 + 3 }],
    });
    await put('林悦', ' ', 4);
    expect((await rig.service.draft(id, '林悦')).draft).toBeNull();
    await rig.restart();
    expect((await rig.service.draft(id, '周屿')).draft?.text).toBe('三');
  });
});

describe('what waits for a decision', () => {
  const old = (id: string, days: number) => ({
    id,
    occurredAt: T0 - days * 24 * HOUR_MS,
    data: { detectedAt: at(T0 - days * 24 * HOUR_MS) },
  });
  const dismissal = (rest: Pick<DismissCommand, 'mentionKeys' | 'all'>, commandId: string): DismissCommand => ({
    commandId,
    actor: '林悦',
    reason: '导入的历史',
    ...rest,
  });
  const waiting = async (): Promise<number> => (await rig.service.pendingHistory({ limit: 10, after: null })).total;

  it('is dismissed one by one or all at once, once for a command id', async () => {
    await rig.publish(old('a', 3), old('b', 4), old('c', 30));
    expect(await waiting()).toBe(3);
    const one = dismissal({ mentionKeys: [keyOf('a'), keyOf('unknown')] }, 'c1');
    expect(await rig.service.dismissPending(one, T0)).toEqual({ dismissed: 1 });
    expect(await rig.service.dismissPending(one, T0 + 1)).toEqual({ dismissed: 1 });
    expect(await waiting()).toBe(2);
    expect(await rig.service.dismissPending(dismissal({ all: true }, 'c1'), T0)).toMatchObject({ code: 'command_id_reused' });
    expect(await rig.service.dismissPending(dismissal({ all: true }, 'c2'), T0)).toEqual({ dismissed: 2 });
    expect(await waiting()).toBe(0);
    await rig.restart();
    expect(await waiting()).toBe(0);
  });

  it('is counted for the wall for a week only', async () => {
    await rig.publish(old('a', 3), old('b', 30));
    const counted = await rig.store.reads.pendingHistory({ limit: 0, after: null, since: T0 - 7 * 24 * HOUR_MS });
    expect(counted.total).toBe(1);
    expect(await waiting()).toBe(2);
  });
});
