/** What belongs to stories: their members, the figures kept of them, and the pages people read. */
import { expect, test } from 'vitest';
import type { IncidentDetail } from '../../../shared/incidents/types.ts';
import type { Incident, MemberChange, MemberColumns } from '../../../server/domain/incidents/types.ts';
import type { Place } from '../../../server/pipeline/ports/page.ts';
import type { Store } from '../../../server/pipeline/ports/store.ts';
import { clock, incident, mentionWrite, SOURCE, type MentionSample } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

const put = (store: Store, state: Incident) => store.write((tx) => tx.putIncidents([{ incident: state, previousVersion: 0, events: [] }]));
const columns = ({ platform = '微博', at = 0, reach = 0 }: MentionSample): MemberColumns => ({ platform, publishedAt: at, reach });
const joins = (incidentId: string, mention: MentionSample): MemberChange => ({
  incidentId,
  key: `${SOURCE} ${mention.mentionId}`,
  before: null,
  after: columns(mention),
});

/** A story with these mentions, in one transaction. */
async function story(store: Store, id: string, mentions: readonly MentionSample[], more: Partial<Incident> = {}): Promise<void> {
  await store.write(async (tx) => {
    await tx.putFacts(mentions.map((mention) => mentionWrite(mention)));
    await tx.putIncidents([{ incident: incident(id, more), previousVersion: 0, events: [] }]);
    await tx.putMembers(mentions.map((mention) => joins(id, mention)));
  });
}
async function read(store: Store, id: string): Promise<IncidentDetail> {
  const detail = await store.reads.incident(id);
  if (!detail) throw new Error('the incident is gone');
  return detail;
}
/** Every row of a list, `limit` at a time, with the total each page named. */
async function all<Row>(page: (after: Place | null) => Promise<{ rows: readonly Row[]; total: number; next: Place | null } | undefined>) {
  const rows: Row[] = [];
  const totals = new Set<number>();
  for (let after: Place | null = null, more = true; more;) {
    const answer: Awaited<ReturnType<typeof page>> = await page(after);
    if (!answer) throw new Error('nothing there');
    rows.push(...answer.rows);
    totals.add(answer.total);
    after = answer.next;
    more = after !== null;
    if (rows.length > 1_000) throw new Error('a list without an end');
  }
  return { rows, totals: [...totals] };
}

export function registerStoryCases(stores: StoreCase): void {
  test('[T9] a mention is asked for the incident it belongs to by its key', async () => {
    const store = await stores.open();
    await story(store, 'i1', [{ mentionId: 'a' }, { mentionId: 'b' }]);
    await put(store, incident('i2', { number: 2 }));
    const homes = await store.write((tx) => tx.incidentsOfMentions([`${SOURCE} b`, `${SOURCE} c`, `${SOURCE} b`]));
    expect([...homes]).toEqual([[`${SOURCE} b`, incident('i1')]]);
    expect(await store.write((tx) => tx.incidentsOfMentions([]))).toEqual(new Map());
  });

  test('[T9] [IC18] count, reach and platforms follow every mention that joins or changes', async () => {
    const store = await stores.open();
    await story(store, 'i1', [
      { mentionId: 'a', reach: 7 },
      { mentionId: 'b', reach: 5, platform: '知乎' },
      { mentionId: 'c', platform: '知乎' },
    ]);
    expect(await read(store, 'i1')).toMatchObject({ mentionCount: 3, reach: 12, platforms: ['知乎', '微博'], platformCount: 2 });
    const before = columns({ mentionId: 'a', reach: 7 });
    const change: MemberChange = { incidentId: 'i1', key: `${SOURCE} a`, before, after: { platform: '抖音', publishedAt: 9, reach: 2 } };
    await store.write((tx) => tx.putMembers([change, joins('i1', { mentionId: 'd', reach: 1 })]));
    expect(await read(store, 'i1')).toMatchObject({ mentionCount: 4, reach: 8, platforms: ['知乎', '微博', '抖音'], platformCount: 3 });
    const again = await stores.reopen();
    const gone: MemberChange = { ...change, before: change.after, after: { platform: '微博', publishedAt: 9, reach: 0 } };
    await again.write((tx) => tx.putMembers([gone]));
    expect(await read(again, 'i1')).toMatchObject({ mentionCount: 4, reach: 6, platforms: ['微博', '知乎'], platformCount: 2 });
  });

  test('[T9] the reach of a story beyond 2^53 is null, and exact again below it', async () => {
    const store = await stores.open();
    const most = 9_000_000_000_000_000;
    await story(store, 'i1', [
      { mentionId: 'a', reach: most },
      { mentionId: 'b', reach: most },
      { mentionId: 'c', reach: 1_234_567 },
    ]);
    expect(await read(store, 'i1')).toMatchObject({ mentionCount: 3, reach: null });
    const lower = (id: string): MemberChange => ({
      incidentId: 'i1',
      key: `${SOURCE} ${id}`,
      before: columns({ mentionId: id, reach: most }),
      after: columns({ mentionId: id, reach: 1 }),
    });
    await store.write((tx) => tx.putMembers([lower('a'), lower('b')]));
    expect(await read(store, 'i1')).toMatchObject({ reach: 1_234_569 });
  });

  test('[S7] mentions come in pages, newest or widest reach first, each once, with their number', async () => {
    const store = await stores.open();
    const mentions = Array.from({ length: 23 }, (_, n) => ({ mentionId: `m${n}`, at: 100 + (n % 5), reach: (n * 7) % 23 }));
    await story(store, 'i1', mentions);
    const newest = await all((after) => store.reads.incidentMentions('i1', { order: 'newest', limit: 4, after }));
    expect(newest.totals).toEqual([23]);
    expect(newest.rows.map((m) => m.publishedAt)).toEqual(mentions.map((m) => m.at).sort((a, b) => b - a));
    expect(new Set(newest.rows.map((m) => m.mentionId)).size).toBe(23);
    const loudest = await all((after) => store.reads.incidentMentions('i1', { order: 'reach', limit: 6, after }));
    expect(loudest.rows.map((m) => m.reach)).toEqual(mentions.map((m) => m.reach).sort((a, b) => b - a));
    expect(await store.reads.incidentMentions('none', { order: 'reach', limit: 6, after: null })).toBeUndefined();
  });

  test('[T9] an incident stays below 256 KB whatever was written about it, and each text can be had whole', async () => {
    const store = await stores.open();
    const text = '漏'.repeat(20_000);
    await story(
      store,
      'i1',
      Array.from({ length: 120 }, (_, n) => ({ mentionId: `m${n}`, at: n, text })),
      { response: text },
    );
    const said = (at: number) => ({
      action: 'responded' as const,
      at,
      actor: '林悦',
      detail: { text, evidence: Array(20).fill(text.slice(0, 2_000)) },
    });
    for (let version = 2; version < 6; version++) {
      const change = { incident: incident('i1', { version, response: text }), previousVersion: version - 1, events: [said(version)] };
      await store.write((tx) => tx.putIncidents([change]));
    }
    const detail = await read(store, 'i1');
    expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThan(256 * 1_024);
    expect(detail).toMatchObject({ mentionCount: 120, auditTotal: 4, response: text });
    expect(detail.mentions).toHaveLength(50);
    expect(detail.mentions[0]).toMatchObject({ mentionId: 'm119', cut: true });
    const rest = await all((after) => store.reads.incidentMentions('i1', { order: 'newest', limit: 200, after }));
    expect(rest.rows.map((m) => m.mentionId)).toEqual(Array.from({ length: 120 }, (_, n) => `m${119 - n}`));
    expect(await store.reads.incidentMention('i1', `${SOURCE} m7`)).toMatchObject({ mentionId: 'm7', text, cut: false });
    expect(await store.reads.incidentMention('i1', `${SOURCE} m700`)).toBeUndefined();
    const lines = await all((after) => store.reads.audit('i1', { limit: 200, after }));
    expect(lines.rows.map((line) => line.detail['text'])).toEqual([text, text, text, text]);
  });

  test('[T9] what people did comes with the incident however many mentions joined since', async () => {
    const store = await stores.open();
    await story(store, 'i1', []);
    const line = (version: number, action: 'claimed' | 'mention_added', actor: string) =>
      store.write((tx) =>
        tx.putIncidents([
          { incident: incident('i1', { version }), previousVersion: version - 1, events: [{ action, at: version, actor, detail: {} }] },
        ]),
      );
    await line(2, 'claimed', '林悦');
    for (let version = 3; version < 90; version++) await line(version, 'mention_added', 'system');
    const { audit, auditTotal } = await read(store, 'i1');
    expect(audit[0]).toMatchObject({ action: 'claimed', actor: '林悦' });
    expect(audit.map((a) => a.at)).toEqual(audit.map((a) => a.at).sort((a, b) => a - b));
    expect(audit.length).toBeLessThan(auditTotal);
    expect(auditTotal).toBe(88);
  });

  test('[S7] [IC17] open incidents come in pages by the deadline they owe, breached ones first, closed ones newest first', async () => {
    const store = await stores.open();
    const owed = (number: number, dueAt: number, more: Partial<Incident> = {}) =>
      put(store, incident(`i${number}`, { number, clocks: [clock('response', dueAt), clock('disposal', 9_000)], ...more }));
    await owed(1, 700);
    await owed(2, 500, { status: 'claimed', owner: '林悦' });
    await owed(3, 500);
    // Answered: it owes its disposal, whatever its first clock says.
    await owed(4, 100, { status: 'responded' });
    await owed(5, 0, { clocks: [clock('response', 300, { state: 'fired', firedAt: 301 }), clock('disposal', 9_000)] });
    // Of a running generation only the new clocks count.
    await owed(6, 0, {
      clocks: [clock('response', 1, { state: 'met' }), clock('response', 600, { generation: 2 }), clock('disposal', 9_000)],
    });
    await owed(7, 0, { status: 'resolved', resolvedAt: 10 });
    await owed(8, 0, { status: 'false_alarm', resolvedAt: 20 });
    const ids = async (open: boolean, limit: number) =>
      all(async (after) => store.reads.incidents({ open, limit, after })).then(({ rows, totals }) => [
        rows.map((i) => i.id).join(' '),
        totals,
      ]);
    expect(await ids(true, 2)).toEqual(['i5 i2 i3 i6 i1 i4', [6]]);
    expect(await ids(true, 6)).toEqual(['i5 i2 i3 i6 i1 i4', [6]]);
    expect(await ids(false, 1)).toEqual(['i8 i7', [2]]);
  });

  test('lists show the beginning of a long answer, the incident all of it', async () => {
    const store = await stores.open();
    await put(store, incident('i1', { response: '歉'.repeat(5_000) }));
    const [row] = (await store.reads.incidents({ open: true, limit: 1, after: null })).rows;
    expect(row?.response).toBe(`${'歉'.repeat(199)}…`);
    expect((await read(store, 'i1')).response).toHaveLength(5_000);
  });

  test('an incident shows its mentions as they stand', async () => {
    const store = await stores.open();
    await story(store, 'i1', [{ mentionId: 'm1', at: 40, reach: 7 }]);
    expect((await read(store, 'i1')).mentions).toEqual([
      {
        mentionId: 'm1',
        source: SOURCE,
        platform: '微博',
        author: null,
        title: null,
        text: 'text of m1',
        cut: false,
        url: null,
        reach: 7,
        polarity: 'negative',
        publishedAt: 40,
        deleted: false,
      },
    ]);
  });

  test('[IC21] all members move behind those of the target, with the figures of both', async () => {
    const store = await stores.open();
    await story(store, 'i1', [
      { mentionId: 'a', at: 5, reach: 10, platform: '微博' },
      { mentionId: 'b', at: 6, reach: 20, platform: '知乎' },
    ]);
    await story(store, 'i2', [{ mentionId: 'c', at: 7, reach: 1, platform: '微博' }], { number: 2 });
    expect(await store.write((tx) => tx.moveMembers({ from: 'i1', into: 'i2', keys: null }))).toBe(2);
    expect(await read(store, 'i1')).toMatchObject({ mentionCount: 0, reach: 0, platforms: [], mentions: [] });
    const target = await read(store, 'i2');
    expect(target).toMatchObject({ mentionCount: 3, reach: 31, platforms: ['微博', '知乎'], platformCount: 2 });
    expect(target.mentions.map(({ mentionId }) => mentionId)).toEqual(['c', 'b', 'a']);
    const homes = await store.write((tx) => tx.incidentsOfMentions([`${SOURCE} a`, `${SOURCE} c`]));
    expect([...homes.values()].map(({ id }) => id)).toEqual(['i2', 'i2']);
  });

  test('[IC22] named members move and the others stay', async () => {
    const store = await stores.open();
    const mentions = ['a', 'b', 'c'].map((mentionId, at) => ({ mentionId, at, reach: 10 ** at, platform: mentionId }));
    await story(store, 'i1', mentions);
    await put(store, incident('i2', { number: 2 }));
    const keys = [`${SOURCE} b`, `${SOURCE} none`];
    expect(await store.write((tx) => tx.membersAmong('i1', keys))).toEqual({ members: [`${SOURCE} b`], others: true });
    expect(
      await store.write((tx) =>
        tx.membersAmong(
          'i1',
          mentions.map(({ mentionId }) => `${SOURCE} ${mentionId}`),
        ),
      ),
    ).toMatchObject({
      others: false,
    });
    expect(await store.write((tx) => tx.moveMembers({ from: 'i1', into: 'i2', keys }))).toBe(1);
    expect(await read(store, 'i1')).toMatchObject({ mentionCount: 2, reach: 101, platforms: ['a', 'c'] });
    expect(await read(store, 'i2')).toMatchObject({ mentionCount: 1, reach: 10, platforms: ['b'] });
  });

  test('[IC21] a merged story is found as the one that carries it on, over several steps', async () => {
    const store = await stores.open();
    await put(store, incident('i1', { status: 'merged', mergedInto: 'i2' }));
    await put(store, incident('i2', { number: 2, status: 'merged', mergedInto: 'i3' }));
    await put(store, incident('i3', { number: 3 }));
    const found = await store.write((tx) => tx.incidentsByStory(['story 山澜 i1', 'story 山澜 i2', 'story 山澜 i3']));
    expect([...found].map(([key, { id }]) => [key, id])).toEqual([
      ['story 山澜 i1', 'i3'],
      ['story 山澜 i2', 'i3'],
      ['story 山澜 i3', 'i3'],
    ]);
    expect((await store.reads.incidents({ open: true, limit: 10, after: null })).rows.map(({ id }) => id)).toEqual(['i3']);
    expect(await read(store, 'i1')).toMatchObject({ status: 'merged', mergedInto: 'i2' });
  });

  test('[IC20] pauses are found at their end and not before, those that ended first before the others', async () => {
    const store = await stores.open();
    const paused = (until: number) => ({ pause: { since: 1, until, reason: '送检', by: '林悦', secondBy: '陈放' } });
    await put(store, incident('late', paused(300)));
    await put(store, incident('early', { number: 2, ...paused(200) }));
    await put(store, incident('none', { number: 3 }));
    const ended = async (now: number, limit = 10) => (await store.write((tx) => tx.endedPauses(now, limit))).map(({ id }) => id);
    expect(await ended(199)).toEqual([]);
    expect(await ended(300)).toEqual(['early', 'late']);
    expect(await ended(300, 1)).toEqual(['early']);
    expect((await read(store, 'late')).pause).toEqual(paused(300).pause);
  });
}
