/** Every dialog of the desk of PR, in a real browser on the real server: what is recorded is what was chosen and written. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentDetail, IncidentPage } from '../../shared/incidents/types.ts';
import { openChromium } from '../helpers/chromium.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const WAIT_MS = 60_000;
let room: WarRoom;
let browser: Browser;

beforeAll(async () => {
  room = await warRoom();
  await room.start();
  const set = (name: string, value: unknown) => room.send('PUT', `/api/policies/${name}`, { value, owner: '测试', reason: '试' });
  await set('brands', { own: ['山澜'], tracked: [] });
  const people = ['林悦', '周屿', '苏棠'].map((name, i) => ({ id: `p-${i}`, name, roles: ['duty'], contacts: [] }));
  await set('roster', { people, shifts: [] });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await room?.dispose();
});

async function tell(mentionId: string, storyId: string, title: string, text: string): Promise<void> {
  const time = new Date().toISOString();
  const data = { mentionId, version: 1, platform: '微博', brand: '山澜', title, storyId, text, label: 'negative', detectedAt: time };
  const event = {
    specversion: '1.0',
    id: `e-${mentionId}`,
    source: '/test/monitor',
    type: 'sentiment.mention',
    time,
    subject: mentionId,
    data,
  };
  const { status } = await room.send('POST', '/api/events', event, 'application/cloudevents+json');
  expect(status).toBeLessThan(300);
}
const openStories = async () => (await room.get<IncidentPage>('/api/incidents?state=open&limit=50')).incidents;
const storyTitled = (title: string, mentions: number) =>
  eventually(
    `a story ${title} of ${mentions}`,
    async () => (await openStories()).find((one) => one.title === title && one.mentionCount === mentions),
    WAIT_MS,
  );
/** What the server says of the story once `holds` is true of it. */
const once = (id: string, what: string, holds: (story: IncidentDetail) => boolean): Promise<IncidentDetail> =>
  eventually(
    what,
    async () => {
      const story = await room.get<IncidentDetail>(`/api/incidents/${id}`);
      return holds(story) ? story : undefined;
    },
    WAIT_MS,
  );

async function open(id: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(WAIT_MS);
  await page.addInitScript(() => localStorage.setItem('warroom.actor', '林悦'));
  await page.goto(`${room.url}/incidents/${id}?lang=zh-CN`);
  await page.waitForSelector('.story-acts');
  return page;
}
const dialogOf = (page: Page): Locator => page.locator('.ant-modal').filter({ visible: true });
/** Asks again until the dialog is there: a story that just came under the pointer takes no acts for a moment. */
async function ask(page: Page, by: () => Promise<void>): Promise<Locator> {
  const dialog = dialogOf(page);
  const asked = async (): Promise<number> => {
    if ((await dialog.count()) === 0) await by();
    return dialog.count();
  };
  await expect.poll(asked, { timeout: WAIT_MS, interval: 200 }).toBe(1);
  return dialog;
}
const byKey = (page: Page, key: string): Promise<Locator> => ask(page, () => page.keyboard.press(key));
async function choose(page: Page, dialog: Locator, label: string): Promise<void> {
  await dialog.locator('.ant-select').click();
  await page.locator('.ant-select-item-option').filter({ hasText: label, visible: true }).click();
}
async function send(dialog: Locator): Promise<void> {
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click();
  await dialog.waitFor({ state: 'detached' });
}
/** Waits until the page shows the answer of the act: the next one names the version it made. */
const shown = (page: Page, words: string) => page.locator('.pr-answer .outcome-done').filter({ hasText: words }).waitFor();

it('[IC19] [IC20] a note, a grade, an owner and a pause are recorded as they were chosen', async () => {
  await tell('a-1', 'S-A', 'X5 漏水', '台面全湿');
  const { id } = await storyTitled('X5 漏水', 1);
  const page = await open(id);

  const note = await byKey(page, 'n');
  expect(await note.locator('.ant-btn-primary').isDisabled()).toBe(true);
  await note.locator('#act-text').fill('已联系品控');
  await send(note);
  await shown(page, '已记下备注');

  const grade = await byKey(page, 's');
  await choose(page, grade, '红');
  await grade.locator('#act-text').fill('涉及用电');
  await send(grade);
  const graded = await once(id, 'a grade was set', ({ severity }) => severity.override !== null);
  expect(graded.severity).toMatchObject({ grade: 'red', override: { grade: 'red', by: '林悦', reason: '涉及用电' } });
  await page.locator('.story-head .severity-mark').filter({ hasText: '*' }).waitFor();

  const pause = await byKey(page, 'p');
  await choose(page, pause, '苏棠');
  await pause.locator('#act-text').fill('等检测');
  await send(pause);
  const paused = await once(id, 'it is paused', (story) => story.pause !== null);
  expect(paused.pause).toMatchObject({ by: '林悦', secondBy: '苏棠', reason: '等检测' });
  await page.locator('.clock-round').filter({ hasText: '等检测' }).waitFor();
  await page.getByRole('button', { name: '恢复计时' }).click();
  await once(id, 'it runs again', (story) => story.pause === null);
  await page.locator('.clock-round').filter({ hasText: '等检测' }).waitFor({ state: 'detached' });

  const hand = await byKey(page, 'h');
  await choose(page, hand, '周屿');
  await send(hand);
  const handed = await once(id, 'it was handed over', ({ owner }) => owner === '周屿');
  const people = handed.audit.filter(({ actor }) => actor === '林悦').map(({ action }) => action);
  expect(people).toEqual(['noted', 'severity_set', 'paused', 'resumed', 'handed_over']);
  await page.locator('[data-act="taken-by"]').filter({ hasText: '周屿' }).waitFor();
  await page.close();
});

it('[IC21] [IC22] mentions are split off, and the rest is merged into another story', async () => {
  await tell('b-1', 'S-B', '研磨噪音大', '邻居投诉');
  await tell('b-2', 'S-B', '研磨噪音大', '客服不回电话');
  await tell('c-1', 'S-C', '客服推诿退换', '三次都说没货');
  const { id } = await storyTitled('研磨噪音大', 2);
  const into = await storyTitled('客服推诿退换', 1);
  const page = await open(id);

  await page.getByRole('button', { name: '拆分', exact: true }).click();
  await page.locator('.mention').filter({ hasText: '客服不回电话' }).locator('input[type="checkbox"]').check();
  const split = await ask(page, () => page.locator('.part-tools .ant-btn-primary').click());
  await send(split);
  await once(id, 'one mention is left', ({ mentionCount }) => mentionCount === 1);
  const stories = await openStories();
  const apart = stories.filter((one) => one.title === '研磨噪音大' && one.id !== id);
  expect(apart.map(({ mentionCount }) => mentionCount)).toEqual([1]);
  await page.locator('.mention').filter({ hasText: '客服不回电话' }).waitFor({ state: 'detached' });

  const merge = await byKey(page, 'm');
  await choose(page, merge, into.code);
  await send(merge);
  await once(id, 'it is merged', ({ mergedInto }) => mergedInto === into.id);
  await once(into.id, 'the other has both', ({ mentionCount }) => mentionCount === 2);
  await page.locator('.closed-line').filter({ hasText: '已并入另一条' }).waitFor();
  await page.close();
});

it('[IC7] [IC19] evidence is added to an answer, and what was closed is opened again', async () => {
  await tell('d-1', 'S-D', '快递破损', '箱子塌了');
  const { id, version } = await storyTitled('快递破损', 1);
  const answer = { type: 'respond', commandId: 'd-respond', actor: '林悦', text: '已补发', expectedVersion: version };
  await room.send('POST', `/api/incidents/${id}/commands`, answer);
  const page = await open(id);

  const evidence = await ask(page, () => page.locator('.recorded > button').click());
  await evidence.locator('[data-key="evidence"]').fill('https://weibo.com/1');
  await evidence.locator('[data-key="evidence"]').press('Enter');
  await send(evidence);
  const added = await once(id, 'evidence was added', (story) => story.evidence.length > 0);
  expect(added.evidence).toEqual([expect.objectContaining({ kind: 'link', value: 'https://weibo.com/1' })]);
  await page.locator('.recorded .evidence-list').filter({ hasText: 'weibo.com' }).waitFor();

  await page.click('.resolve-button');
  await once(id, 'it is closed', ({ status }) => status === 'resolved');
  await page.reload();
  const reopen = await ask(page, () => page.locator('.closed-line button').click());
  await reopen.locator('#act-text').fill('又坏了');
  await send(reopen);
  const opened = await once(id, 'it is open again', ({ status }) => status === 'open');
  expect(opened).toMatchObject({ generation: 2, owner: null, response: null });
  await page.locator('.story-acts [data-act="claim"]').waitFor();
  await page.close();
});
