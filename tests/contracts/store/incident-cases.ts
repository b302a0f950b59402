/** Incidents, deadlines, audit and answers. */
import { expect, test } from 'vitest';
import type { Store } from '../../../server/pipeline/ports/store.ts';
import type { Incident, AuditRow } from '../../../server/domain/incidents/types.ts';
import { clock, incident, outboxMessage } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

const event = (action: AuditRow['action'], at = 1): AuditRow => ({ action, at, actor: 'system', detail: { why: action } });
const put = (store: Store, state: Incident, previousVersion: number, events: AuditRow[] = []) =>
  store.write((tx) => tx.putIncidents([{ incident: state, previousVersion, events }]));

export function registerIncidentCases(stores: StoreCase): void {
  test('[T1] an incident comes back with its clocks, by id and by story', async () => {
    const store = await stores.open();
    const stored = incident('i1');
    await put(store, stored, 0, [event('opened')]);
    expect(await store.write((tx) => tx.incident('i1'))).toEqual(stored);
    expect(await store.write((tx) => tx.incident('i2'))).toBeUndefined();
    const grown: Incident = {
      ...stored,
      version: 2,
      clocks: [clock('response', 5), clock('disposal', 9)],
    };
    await put(store, grown, 1);
    const byStory = await store.write((tx) => tx.incidentsByStory([stored.storyKey, 'story 山澜 other']));
    expect([...byStory]).toEqual([[stored.storyKey, grown]]);
  });

  test('incident numbers are taken in order and never twice', async () => {
    const store = await stores.open();
    expect(await store.write((tx) => tx.takeIncidentNumbers(2))).toEqual([1, 2]);
    await expect(
      store.write(async (tx) => {
        await tx.takeIncidentNumbers(1);
        throw new Error('planted');
      }),
    ).rejects.toThrow('planted');
    expect(await store.write((tx) => tx.takeIncidentNumbers(3))).toEqual([3, 4, 5]);
  });

  test('[T2] [T3] clocks are due at their instant and not before, oldest first', async () => {
    const store = await stores.open();
    await put(store, incident('late', { clocks: [clock('response', 300), clock('disposal', 900)] }), 0);
    await put(store, incident('early', { number: 2, clocks: [clock('response', 200), clock('disposal', 900, { state: 'met' })] }), 0);
    const due = async (now: number, limit = 10) =>
      (await store.write((tx) => tx.dueClocks(now, limit))).map((d) => [d.incident.id, d.clock, d.generation]);
    expect(await due(199)).toEqual([]);
    expect(await due(200)).toEqual([['early', 'response', 1]]);
    expect(await due(900)).toEqual([
      ['early', 'response', 1],
      ['late', 'response', 1],
      ['late', 'disposal', 1],
    ]);
    expect(await due(900, 1)).toEqual([['early', 'response', 1]]);
  });

  test('[T4] of many firings of one clock exactly one is told it was first', async () => {
    const store = await stores.open();
    await put(store, incident('i1'), 0);
    const fire = () => store.write((tx) => tx.fireClock('i1', 'response', 1, 7_300, 100));
    const won = await Promise.all(Array.from({ length: 20 }, fire));
    expect(won.filter(Boolean)).toHaveLength(1);
    const again = await stores.reopen();
    expect(await again.write((tx) => tx.fireClock('i1', 'response', 1, 9_000, 1))).toBe(false);
    expect(await again.write((tx) => tx.fireClock('i1', 'response', 2, 9_000, 1))).toBe(false);
    const detail = await again.reads.incident('i1');
    expect(detail?.clocks).toMatchObject([
      { name: 'response', state: 'fired', firedAt: 7_300, latenessMs: 100 },
      { name: 'disposal', state: 'armed', firedAt: null, latenessMs: null },
    ]);
  });

  test('[T7] a breach keeps its time and lateness when the incident changes afterwards', async () => {
    const store = await stores.open();
    const stored = incident('i1');
    await put(store, stored, 0);
    await store.write((tx) => tx.fireClock('i1', 'response', 1, 7_300, 100));
    const current = await store.write((tx) => tx.incident('i1'));
    if (!current) throw new Error('the incident is gone');
    const clocks = current.clocks.map((c) => (c.name === 'response' ? { ...c, stoppedAt: 8_000 } : c));
    await put(store, { ...current, version: 2, status: 'responded', clocks }, 1);
    const detail = await store.reads.incident('i1');
    expect(detail?.clocks[0]).toMatchObject({ state: 'fired', firedAt: 7_300, latenessMs: 100, stoppedAt: 8_000 });
  });

  test('[C1] audit lines come back in pages, newest first, each with its own number', async () => {
    const store = await stores.open();
    await put(store, incident('i1'), 0, [event('opened', 5), event('mention_added', 4)]);
    await put(store, incident('i2', { number: 2 }), 0, [event('opened', 6)]);
    await put(store, incident('i1', { version: 2 }), 1, [event('claimed', 3)]);
    const first = await store.reads.audit('i1', { limit: 2, after: null });
    if (!first) throw new Error('the incident is gone');
    expect(first.rows.map((a) => [a.action, a.at, a.detail])).toEqual([
      ['claimed', 3, { why: 'claimed' }],
      ['mention_added', 4, { why: 'mention_added' }],
    ]);
    const rest = await store.reads.audit('i1', { limit: 2, after: first.next });
    expect(rest).toMatchObject({ rows: [{ action: 'opened', at: 5, detail: { why: 'opened' } }], total: 3, next: null });
    const seqs = [...first.rows, ...(rest?.rows ?? [])].map((a) => a.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
    expect(await store.reads.audit('none', { limit: 2, after: null })).toBeUndefined();
  });

  test('[C2] of two changes of one version the second throws and leaves nothing', async () => {
    const store = await stores.open();
    await put(store, incident('i1'), 0, [event('opened')]);
    const claim = (owner: string) => put(store, incident('i1', { version: 2, status: 'claimed', owner }), 1, [event('claimed')]);
    const results = await Promise.allSettled(['林悦', '陈放'].map(claim));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected']);
    await expect(put(store, incident('i1'), 0)).rejects.toThrow();
    const detail = await store.reads.incident('i1');
    expect(detail).toMatchObject({ owner: '林悦', version: 2, status: 'claimed' });
    expect(detail?.audit.map((a) => a.action)).toEqual(['opened', 'claimed']);
  });

  test('[C2] the answer to a command is remembered', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.putCommandAnswer('c1', '{"ok":true}', 5));
    const again = await stores.reopen();
    expect(await again.write((tx) => tx.commandAnswer('c1'))).toBe('{"ok":true}');
    expect(await again.write((tx) => tx.commandAnswer('c2'))).toBeUndefined();
  });

  test('[N1] a message with a known key is the same message', async () => {
    const store = await stores.open();
    const message = outboxMessage({ key: 'i1/response/1/fired' });
    await store.write((tx) => tx.putOutbox([message, message]));
    await store.write((tx) => tx.putOutbox([message]));
    expect((await store.reads.counts())['outbox']).toBe(1);
  });
}
