/** What the wall asks beside lists: how stories were answered, who is called next, who is on duty, where a story stands. */
import { expect, test } from 'vitest';
import type { EscalationStep } from '../../../server/domain/escalation/steps.ts';
import type { IncidentEvent } from '../../../server/domain/incidents/events.ts';
import type { Incident } from '../../../server/domain/incidents/types.ts';
import type { Roster } from '../../../shared/incidents/roster.ts';
import type { Store } from '../../../server/pipeline/ports/store.ts';
import { clock, incident, mentionWrite, SOURCE } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

const put = (store: Store, state: Incident) => store.write((tx) => tx.putIncidents([{ incident: state, previousVersion: 0, events: [] }]));
const storyOf = (number: number, startedAt: number, response: Partial<Incident['clocks'][number]>, more: Partial<Incident> = {}) =>
  incident(`i${number}`, {
    number,
    storyKey: `story 山澜 ${number}`,
    clocks: [
      { ...clock('response', startedAt + 100), startedAt, ...response },
      { ...clock('disposal', startedAt + 900), startedAt },
    ],
    ...more,
  });

export function registerWallCases(stores: StoreCase): void {
  test('[TK4] response clocks by the time they began, as it had gone by any moment; what is void or does not count is left out', async () => {
    const store = await stores.open();
    await put(store, storyOf(1, 1_000, { state: 'met', stoppedAt: 1_050 }));
    await put(store, storyOf(2, 1_010, { state: 'fired', firedAt: 1_110 }));
    await put(store, storyOf(3, 1_020, { state: 'fired', firedAt: 1_120, stoppedAt: 1_200 }));
    await put(store, storyOf(4, 1_030, {}));
    await put(store, storyOf(5, 1_040, { state: 'void', stoppedAt: 1_045 }));
    await put(store, storyOf(6, 1_050, { state: 'met', stoppedAt: 1_060, counts: false }, { drill: true }));
    await put(store, storyOf(7, 2_000, { state: 'met', stoppedAt: 2_010 }));
    const answers = (asOf: number, from = 1_000, to = 2_000) => store.reads.answers({ from, to, asOf });
    expect(await answers(3_000)).toEqual({ begun: 4, answered: 2, late: 2 });
    expect(await answers(1_115)).toEqual({ begun: 4, answered: 1, late: 1 });
    expect(await answers(1_015)).toEqual({ begun: 2, answered: 0, late: 0 });
    expect(await answers(3_000, 5_000, 6_000)).toEqual({ begun: 0, answered: 0, late: 0 });
  });

  test('[TK4] the last answer in time is told with who gave it and how long it took; a late one, a drill and history opened by a person are not', async () => {
    const store = await stores.open();
    const last = (since: number, asOf: number) => store.reads.lastAnswer({ since, asOf });
    expect(await last(0, 9_000)).toBeNull();
    await put(store, storyOf(1, 1_000, { state: 'met', stoppedAt: 1_050 }, { status: 'responded', owner: '苏晴', respondedBy: '周屿' }));
    await put(store, storyOf(2, 1_000, { state: 'met', stoppedAt: 1_080 }, { status: 'responded', owner: '林悦', title: '漏水' }));
    await put(store, storyOf(3, 1_000, { state: 'fired', firedAt: 1_100, stoppedAt: 1_150 }, { status: 'responded', respondedBy: '何晚' }));
    await put(
      store,
      storyOf(4, 1_000, { state: 'met', stoppedAt: 1_090, counts: false }, { status: 'responded', respondedBy: '演练', drill: true }),
    );
    const openedBy = (id: string, actor: string, at: number): IncidentEvent => {
      const stamps = { publishedAt: at, detectedAt: at, count: 1, mentions: [], startedAt: at };
      const named = { id, storyKey: id, number: 5, title: '漏水', brand: '山澜', storyId: null };
      return { action: 'opened', at, actor, detail: { ...named, ...stamps, sla: { responseMs: 100, disposalMs: 900 } } };
    };
    const history = storyOf(5, 1_085, { state: 'met', stoppedAt: 1_085 }, { status: 'responded', respondedBy: '苏晴' });
    await store.write((tx) => tx.putIncidents([{ incident: history, previousVersion: 0, events: [openedBy('i5', '苏晴', 1_085)] }]));
    const found = storyOf(6, 1_000, { state: 'met', stoppedAt: 1_082 }, { status: 'responded', respondedBy: '何晚' });
    await store.write((tx) => tx.putIncidents([{ incident: found, previousVersion: 0, events: [openedBy('i6', 'system', 1_000)] }]));
    expect(await last(1_000, 9_000)).toMatchObject({ incidentId: 'i6', tookMs: 82 });
    expect(await last(1_000, 1_081)).toEqual({ incidentId: 'i2', title: '漏水', who: '林悦', tookMs: 80, at: 1_080 });
    expect(await last(1_000, 1_060)).toMatchObject({ incidentId: 'i1', who: '周屿' });
    expect(await last(1_082, 9_000)).toBeNull();
  });

  test('[IC26] [T9] the nearest unclaimed story: one due within 15 minutes, else the oldest; claimed ones, drills and closed ones are not asked', async () => {
    const store = await stores.open();
    const minute = 60_000;
    const nearest = async (now: number) => (await store.reads.nearestUnclaimed(now))?.id ?? null;
    const due = (number: number, dueAt: number, more: Partial<Incident> = {}) =>
      put(store, storyOf(number, 1_000, { dueAt, ...(more.status === undefined ? {} : { state: 'met', stoppedAt: 1_050 }) }, more));
    for (const number of [1, 2, 3]) await put(store, storyOf(number, 1_000, { dueAt: 2_000 }, { status: 'claimed', owner: '林悦' }));
    await due(4, 2_000, { drill: true });
    await due(5, 2_000, { status: 'responded', respondedBy: '周屿' });
    await due(6, 2_000, { status: 'resolved' });
    expect(await nearest(1_500)).toBeNull();
    await due(7, 60 * minute);
    expect(await nearest(0)).toBe('i7');
    await due(8, 10 * minute);
    expect(await nearest(0)).toBe('i8');
    // An old one that is over does not hide the next one that is about to be.
    expect(await nearest(50 * minute)).toBe('i7');
    expect(await nearest(30 * minute)).toBe('i8');
    expect(await nearest(90 * minute)).toBe('i8');
  });

  test('[TK3] the next steps of a ladder with who would be called and whether they can be reached; who is on duty', async () => {
    const store = await stores.open(() => 5_000);
    expect(await store.reads.onDuty(5_000)).toMatchObject({ set: false });
    const at = (ms: number) => new Date(ms).toISOString();
    const roster: Roster = {
      people: [
        { id: 'lin', name: '林悦', roles: ['duty'], contacts: [{ channel: 'c1' }] },
        { id: 'zhou', name: '周屿', roles: ['backup'], contacts: [] },
      ],
      shifts: [
        { role: 'duty', person: 'lin', from: at(0), to: at(50_000) },
        { role: 'backup', person: 'zhou', from: at(0), to: at(9_000) },
      ],
    };
    await store.write((tx) => tx.putPolicy('roster', { value: roster, owner: '林悦', reason: '排班', effectiveFrom: 1, setAt: 1 }));
    await put(store, storyOf(1, 1_000, {}));
    const step = (name: string, dueAt: number, roles: EscalationStep['roles'], state: EscalationStep['state']): EscalationStep => ({
      ...{
        incidentId: 'i1',
        generation: 1,
        name,
        round: 1,
        when: 'unanswered',
        roles,
        startedAt: 1_000,
        afterMs: dueAt - 1_000,
        dueAt,
        state,
      },
      ...{ firedAt: null, people: [] },
    });
    await store.write((tx) =>
      tx.putEscalationSteps([
        step('ladder:0', 1_500, ['duty'], 'fired'),
        step('ladder:2', 8_000, ['backup', 'duty'], 'armed'),
        step('ladder:1', 6_000, ['duty'], 'armed'),
        step('ladder:3', 9_000, ['duty'], 'stopped'),
      ]),
    );
    const lin = { name: '林悦', reachable: true, roles: ['duty'] };
    expect(await store.reads.callsToCome('i1', 4)).toEqual({
      calls: [
        { at: 6_000, roles: ['duty'], people: [lin] },
        { at: 8_000, roles: ['backup', 'duty'], people: [{ name: '周屿', reachable: false, roles: ['backup'] }, lin] },
      ],
      total: 2,
    });
    expect((await store.reads.callsToCome('i1', 1)).calls).toHaveLength(1);
    expect(await store.reads.callsToCome('none', 4)).toEqual({ calls: [], total: 0 });
    expect(await store.reads.onDuty(8_500)).toEqual({
      set: true,
      roles: [
        { role: 'duty', people: ['林悦'] },
        { role: 'backup', people: ['周屿'] },
        { role: 'lead', people: [] },
        { role: 'director', people: [] },
      ],
    });
    expect((await store.reads.onDuty(60_000)).roles.every(({ people }) => people.length === 0)).toBe(true);
  });

  test('[T9] where a story stands: its platforms with those of the last quarter of an hour, the rest counted, and where it began', async () => {
    const store = await stores.open();
    const now = 10_000_000;
    const said = [
      ...Array.from({ length: 4 }, (_, i) => ['抖音', now - 60_000 * (i * 10 + 1)] as const),
      ...[
        ['小红书', now - 5_000_000] as const,
        ['小红书', now - 1_000] as const,
        ['微博', now - 2_000_000] as const,
        ['微博', now + 5_000] as const,
      ],
    ];
    const mentions = said.map(([platform, at], i) => ({ mentionId: `m${i}`, platform, at }));
    await store.write(async (tx) => {
      await tx.putFacts(mentions.map((mention) => mentionWrite(mention)));
      await tx.putIncidents([{ incident: incident('i1'), previousVersion: 0, events: [] }]);
      await tx.putMembers(
        mentions.map(({ mentionId, platform, at }) => ({
          ...{ incidentId: 'i1', key: `${SOURCE} ${mentionId}`, before: null, after: { platform, publishedAt: at, reach: 0 } },
        })),
      );
    });
    expect(await store.reads.incidentPlatforms('none', now, 5)).toBeUndefined();
    expect(await store.reads.incidentPlatforms('i1', now, 2)).toEqual({
      title: incident('i1').title,
      firstSeen: '小红书',
      rows: [
        { platform: '抖音', mentions: 4, recent: 2 },
        { platform: '小红书', mentions: 2, recent: 1 },
      ],
      platforms: 3,
      total: 8,
    });
  });
}
