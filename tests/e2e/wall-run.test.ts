/** What people do at their desks and see on the wall, both in a real browser on the real server. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PromiseDetail } from '../../shared/standup/types.ts';
import type { IncidentPage } from '../../shared/incidents/types.ts';
import type { WallPolicy } from '../../shared/screens/wall-policy.ts';
import { openChromium } from '../helpers/chromium.ts';
import { shiftedRoom, type ShiftedRoom } from '../helpers/shifted-room.ts';
import { eventually, type WarRoom } from '../helpers/war-room.ts';

const WAIT_MS = 120_000;
const DAY_MS = 86_400_000;
let room: WarRoom;
let browser: Browser;
let shift: ShiftedRoom['shift'];
let dispose: ShiftedRoom['dispose'] | undefined;
const pages: Page[] = [];

beforeAll(async () => {
  ({ room, shift, dispose } = await shiftedRoom());
  browser = await openChromium();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close();
});
afterAll(async () => {
  await browser?.close();
  await dispose?.();
});

async function open(address: string, size: readonly [number, number] = [1920, 1080]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] }, reducedMotion: 'reduce' });
  pages.push(page);
  page.setDefaultTimeout(WAIT_MS);
  await page.addInitScript(() => localStorage.setItem('warroom.actor', '林悦'));
  await page.goto(`${room.url}${address}`);
  return page;
}
const wallAt = async (address: string): Promise<Page> => {
  const wall = await open(address);
  await wall.waitForSelector('.wall[data-ready]');
  return wall;
};
const shows = (wall: Page, what: { readonly scene?: string; readonly why?: string }): Promise<unknown> =>
  wall.waitForFunction(({ scene, why }) => {
    const shown = document.querySelector<HTMLElement>('.wall')?.dataset;
    return shown !== undefined && (scene ?? shown['scene']) === shown['scene'] && (why ?? shown['why']) === shown['why'];
  }, what);
const policy = async (name: string, value: unknown): Promise<void> => {
  const { status } = await room.send('PUT', `/api/policies/${name}`, { value, owner: '测试', reason: '试' });
  expect(status).toBeLessThan(300);
};

describe('[SU3] a promise that is answered at the meeting', () => {
  it('is among those missed on the wall of 晨会 at once, with its name', async () => {
    // What fell due yesterday is what the meeting asks about, and a promise is for a time to come when it is given.
    shift(-DAY_MS);
    await room.start();
    const yesterday = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() - DAY_MS);
    const promised = await room.send<PromiseDetail>('POST', '/api/standup/promises', {
      ...{ actor: '林悦', commandId: 'p-1', who: '周屿', what: '样机寄出', due: { day: yesterday, time: '23:59' } },
    });
    expect(promised.status, JSON.stringify(promised.body)).toBeLessThan(300);
    await room.kill('SIGTERM');
    shift(0);
    await room.start();
    const wall = await wallAt('/wall/standup?lang=zh-CN');
    const figures = () => wall.$$eval('.kept-figures li', (rows) => rows.map((row) => row.textContent?.replaceAll(/\s+/gu, ' ').trim()));
    await wall.waitForSelector('.kept-figures');
    expect(await figures()).toEqual(['0 守约', '0 失约', '0 改期']);
    const desk = await open('/standup?lang=zh-CN', [1440, 900]);
    await desk.locator('.promise.open', { hasText: '样机寄出' }).getByRole('button', { name: '失约' }).click();
    await expect.poll(figures, { timeout: WAIT_MS }).toEqual(['0 守约', '1 失约', '0 改期']);
    expect(await wall.textContent('.kept-names')).toContain('周屿 样机寄出');
    // What one tap did, one tap takes back.
    await desk.locator('.promise.missed', { hasText: '样机寄出' }).getByRole('button', { name: '撤回' }).click();
    await expect.poll(figures, { timeout: WAIT_MS }).toEqual(['0 守约', '0 失约', '0 改期']);
  });
});

describe('the rotation', () => {
  const turns = (seconds: number, ...scenes: WallPolicy['rotation'][number]['scene'][]) => scenes.map((scene) => ({ scene, seconds }));
  beforeAll(async () => {
    if (!room.running()) await room.start();
  });

  it('is the one that was set in the settings, without a touch of the wall', async () => {
    const { value } = await room.get<{ value: WallPolicy }>('/api/policies/wall');
    await policy('wall', { ...value, standup: null, rotation: turns(600, 'funnel', 'overview') });
    const wall = await wallAt('/?lang=zh-CN');
    await shows(wall, { why: 'rotation' });
    const desk = await open('/settings/wall?lang=zh-CN', [1440, 900]);
    const form = desk.locator('form.settings-form');
    // Two rows are there: the first is taken away, and the second is made the only one.
    await form.getByRole('button', { name: '移除' }).first().click();
    const scene = form.locator('.turn-row .ant-select').first();
    await scene.click();
    await desk.locator('.ant-select-item-option', { hasText: '竞品' }).click();
    await form.locator('#wall_reason').fill('这周看竞品');
    await form.locator('button[type="submit"]').click();
    await form.getByRole('button', { name: '保存' }).click();
    await shows(wall, { scene: 'competitors', why: 'rotation' });
    const saved = await room.get<{ value: WallPolicy }>('/api/policies/wall');
    expect(saved.value.rotation).toEqual([{ scene: 'competitors', seconds: 600 }]);
  });

  it('gives way to a story that is red, on every wall that rotates, until somebody claims the story at the desk', async () => {
    const { value } = await room.get<{ value: WallPolicy }>('/api/policies/wall');
    await policy('wall', { ...value, standup: null, rotation: turns(600, 'competitors') });
    await policy('brands', { own: ['山澜'], tracked: [] });
    const [wall, pinned] = [await wallAt('/?lang=zh-CN'), await wallAt('/wall/funnel?lang=zh-CN')];
    await shows(wall, { scene: 'competitors', why: 'rotation' });
    // The monitoring found it 110 minutes ago, so that ten of the two hours are left.
    const time = new Date(Date.now() - 110 * 60_000).toISOString();
    const data = { mentionId: 'm-1', version: 1, platform: '微博', brand: '山澜', title: 'X5 漏水', storyId: 'S-1', text: '台面全湿', label: 'negative', detectedAt: time }; // prettier-ignore
    const event = { specversion: '1.0', id: 'e-m-1', source: '/test/monitor', type: 'sentiment.mention', time, subject: 'm-1', data };
    await room.send('POST', '/api/events', event, 'application/cloudevents+json');
    await shows(wall, { scene: 'sentiment', why: 'fire' });
    expect(await wall.textContent('.wall-mode')).toBe('因火急切入，认领后恢复');
    await shows(pinned, { scene: 'funnel', why: 'pinned' });
    const story = await eventually(
      'the story',
      async () => (await room.get<IncidentPage>('/api/incidents?state=open&limit=50')).incidents[0],
      WAIT_MS,
    );
    const desk = await open(`/incidents/${story.id}?lang=zh-CN`, [1440, 900]);
    await desk.click('.story-acts [data-act="claim"]');
    await shows(wall, { scene: 'competitors', why: 'rotation' });
    expect(await room.get<{ status: string; owner: string }>(`/api/incidents/${story.id}`)).toMatchObject({
      status: 'claimed',
      owner: '林悦',
    });
  });
});
