import { describe, expect, it } from 'vitest';
import type { PaintReport, ScreenList } from '../../../../shared/screens/screen-report.ts';
import { NOON, problemOf, raw, startRig, type RawAnswer, type Rig } from './rig.ts';

const json = { 'content-type': 'application/json' };
const send = (rig: Rig, method: 'POST' | 'PUT', path: string, body: unknown) => raw(rig, method, path, json, JSON.stringify(body));
function body<T>(answer: RawAnswer): T {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}
const WALL = 'wall-0000001';
const report: PaintReport = {
  ...{ scene: 'overview', positions: { overview: { epoch: 'e', revision: 3 } }, paintedAt: NOON },
  ...{ visible: true, size: [1_920, 1_080, 1], build: '1.2.3', red: [] },
};
const paint = (rig: Rig, change: Record<string, unknown> = {}, id = WALL) =>
  send(rig, 'POST', `/api/screens/${id}/painted`, { ...report, ...change });
const list = async (rig: Rig) => body<ScreenList>(await raw(rig, 'GET', '/api/screens'));

// What stands in server/adapters/http/routes/screen-reports.ts.
describe('/api/screens', () => {
  it('[SC3] lists a screen from its first report on, with the name it was given, until it is forgotten', async () => {
    const rig = await startRig();
    expect(await list(rig)).toMatchObject({ now: NOON, build: '1.2.3', screens: [], total: 0, limit: 500, paintBudgetMs: 60_000, red: [] });
    expect(body(await paint(rig, { name: ' 前台大屏 ' }))).toEqual({ name: '前台大屏', identify: false });
    expect((await list(rig)).screens).toMatchObject([
      { id: WALL, name: '前台大屏', state: 'painting', scene: 'overview', paintedAt: NOON, build: '1.2.3', size: [1_920, 1_080, 1] },
    ]);
    const renamed = body<ScreenList>(await send(rig, 'PUT', `/api/screens/${WALL}`, { name: '会议室' }));
    expect(renamed.screens[0]?.name).toBe('会议室');
    expect(body(await send(rig, 'POST', `/api/screens/${WALL}/identify`, {}))).toEqual({ name: '会议室', identify: true });
    expect(body(await paint(rig))).toEqual({ name: '会议室', identify: true });
    expect(body<ScreenList>(await raw(rig, 'POST', `/api/screens/${WALL}/forget`)).total).toBe(0);
    for (const path of [`/api/screens/${WALL}/forget`, `/api/screens/${WALL}/identify`])
      expect(problemOf(await raw(rig, 'POST', path))).toMatchObject({ status: 404, code: 'unknown_screen' });
  });

  it.each([
    ['a name of 41 characters', { name: 'x'.repeat(41) }],
    ['a name of nothing', { name: '  ' }],
    ['51 red stories', { red: Array.from({ length: 51 }, (_, i) => `i${i}`) }],
    ['25 views', { positions: Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`v${i}`, { epoch: 'e', revision: 1 }])) }],
    ['a size of nothing', { size: [0, 1_080, 1] }],
    ['a field nobody knows', { more: 1 }],
    ['a revision that is no number', { positions: { overview: { epoch: 'e', revision: 'x' } } }],
  ])('[SC3] refuses %s and keeps nothing of it', async (_what, change) => {
    const rig = await startRig();
    expect(problemOf(await paint(rig, change))).toMatchObject({ status: 422, code: 'invalid_body' });
    expect((await list(rig)).total).toBe(0);
  });

  it('[SC3] refuses ids that no page makes, and more reports than one a second', async () => {
    const rig = await startRig();
    for (const id of ['short', 'x'.repeat(65), 'with%20space1', '%2e%2e%2f%2e%2e%2fetc'])
      expect((await paint(rig, {}, id)).status).toBeGreaterThanOrEqual(400);
    expect((await list(rig)).total).toBe(0);
    const answers = await Promise.all(Array.from({ length: 30 }, () => paint(rig)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(problemOf(answers.find(({ status }) => status === 429) as RawAnswer)).toMatchObject({ code: 'too_many_reports' });
  });

  it('another site’s page reports nothing', async () => {
    const rig = await startRig();
    const foreign = { ...json, origin: 'https://elsewhere.example' };
    expect((await raw(rig, 'POST', `/api/screens/${WALL}/painted`, foreign, JSON.stringify(report))).status).toBe(403);
  });
});
