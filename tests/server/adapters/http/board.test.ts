import { describe, expect, it } from 'vitest';
import { board } from '../../../../shared/screens/board.ts';
import { scenes } from '../../../../shared/screens/scenes.ts';
import { groupsOf } from '../../../../shared/wire/views/all.ts';
import { NOON, startRig } from './rig.ts';

const ask = async (url: string, view: string, query: Record<string, string>) => {
  const answer = await fetch(`${url}/api/screens/views/${view}?${new URLSearchParams(query)}`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('GET /api/screens/views/:view', () => {
  it.each(scenes.map(({ view }) => view))('answers every group of %s, then and now', async (view) => {
    const { url } = await startRig();
    for (const known of ['then', 'now'] as const) {
      const { status, body } = await ask(url, view, { at: '2026-11-23T19:59:00+08:00', known });
      expect(status).toBe(200);
      const { state, notKept, at } = board.parse(body);
      expect(at).toBe('2026-11-23T11:59:00.000Z');
      const told = known === 'then' ? [] : Object.keys(state);
      // The store of this server was made at noon UTC: a minute earlier nothing was shown.
      expect(told.concat(notKept.map(({ group }) => group)).toSorted()).toEqual(groupsOf(view).toSorted());
    }
  });

  it.each([
    ['the future', { at: '2026-11-23T20:01:00+08:00' }, 400, 'future'],
    ['what lies 91 days back', { at: '2026-08-24T20:00:00+08:00' }, 400, 'too_long_ago'],
    ['a time without an offset', { at: '2026-11-23T19:00:00' }, 400, 'bad_parameter'],
    ['no time', {}, 400, 'bad_parameter'],
    ['another word than then and now', { at: '2026-11-23T19:00:00+08:00', known: 'later' }, 400, 'bad_parameter'],
  ] as const)('refuses %s in words', async (_what, query, status, code) => {
    const { url } = await startRig();
    const answer = await ask(url, 'overview', query);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(String(answer.body['detail']).length).toBeGreaterThan(10);
  });

  it('knows no view that no scene shows', async () => {
    const { url } = await startRig();
    expect(await ask(url, 'incidents', { at: new Date(NOON).toISOString() })).toMatchObject({
      status: 404,
      body: { code: 'unknown_view' },
    });
  });
});
