/** What people do on the desk of PR, in a real browser over answers made here: nothing written is lost, nothing is done twice or to another story. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { IncidentView } from '../../shared/incidents/types.ts';
import { openChromium } from '../helpers/chromium.ts';
import type { DeskAnswersOptions } from '../helpers/desk-answers.ts';
import { startFixtureServer, type FixtureScene, type FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { answerReads, incidentDetail, incidentsFixture } from '../helpers/incidents-fixture.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { phoneSize, scenes } from '../helpers/screenshot.ts';

interface Sent {
  readonly path: string;
  readonly body: Record<string, unknown>;
}
type Answer = { status: number; body: unknown } | undefined;

const usual = scenes['usual'] as FixtureScene;
let server: FixtureServer;
let browser: Browser;
let context: BrowserContext;
let sent: Sent[];
/** What stories are now, where a command has changed them. */
let changed: Map<string, unknown>;
let versions: number;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  sent = [];
  changed = new Map();
  versions = 0;
  // A server of its own for each test: its clock runs from `fixtureNow`, and on a slow machine all of them take longer than a deadline.
  server = await startFixtureServer(inject('clientRoot'), usual, fixtureNow);
});
afterEach(async () => {
  await context?.close();
  await server?.close();
});

interface Opening extends DeskAnswersOptions {
  readonly actor?: string;
  readonly size?: readonly [number, number];
  readonly answer?: (sent: Sent) => Answer;
  /** The clock of the page stands still once it is drawn, and goes on only where a test says so. */
  readonly stopped?: boolean;
}

async function open(
  path: string,
  { actor = '林悦', size = [1440, 900], answer = () => undefined, stopped = false, ...options }: Opening = {},
): Promise<Page> {
  const reads = answerReads(scenarios.usual, options);
  server.answer = (method, requested, body, query) => {
    const id = /^\/api\/incidents\/(i-\d+)$/u.exec(requested)?.[1];
    const now = id === undefined ? undefined : changed.get(id);
    if (method === 'GET' && now !== undefined) return { status: 200, body: now };
    const read = reads(method, requested, body, query);
    if (read || method === 'GET') return read;
    const one: Sent = { path: requested, body: Object(body) };
    sent.push(one);
    return answer(one);
  };
  context = await browser.newContext({ viewport: { width: size[0], height: size[1] } });
  const page = await context.newPage();
  if (stopped) await page.clock.install();
  await page.addInitScript((name) => localStorage.getItem('warroom.actor') ?? localStorage.setItem('warroom.actor', name), actor);
  await page.goto(`${server.url}${path}`);
  await page.waitForSelector('.pr');
  if (stopped) await page.clock.pauseAt(Date.now() + 60_000);
  return page;
}
/** Waits for a fact as long as a busy machine may take. */
const eventually = <T>(read: () => T) => expect.poll(read);
const pathShown = (page: Page) => eventually(() => new URL(page.url()).pathname);
/** Commands, without the drafts that are kept on the way. */
const commands = (): readonly Sent[] => sent.filter(({ path }) => path.endsWith('/commands'));

const changedStory = (id: string, rest: Partial<IncidentView>) => {
  const detail = incidentDetail(id);
  versions += 1;
  const next = { ...detail, ...rest, version: (detail?.version ?? 0) + versions };
  changed.set(id, next);
  return next;
};
/** The queue with one story more, as the server pushes it. */
function showQueue(stories: readonly IncidentView[]): void {
  server.show({ ...usual, incidents: { ...incidentsFixture, open: { incidents: stories, total: stories.length, next: null } } });
}
const claimed = () => changedStory('i-18', { status: 'claimed', owner: '林悦' });
/** Presses a key until what it does is seen: for a second after a story came under the pointer its acts do nothing. */
async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press(key);
    return page.locator(selector).count();
  }).toBeGreaterThan(0);
}

describe('the address of a story', () => {
  it('is its own page; the older address leads there, and the browser leads back', async () => {
    const page = await open('/incidents?lang=zh-CN&incident=i-15');
    await pathShown(page).toBe('/incidents/i-15');
    expect(new URL(page.url()).searchParams.get('incident')).toBeNull();
    await page.click('[data-incident="i-18"]');
    await pathShown(page).toBe('/incidents/i-18');
    await page.goBack();
    await eventually(() => page.textContent('.story-title')).toBe('客服推诿退换');
  });

  it('of a story that does not exist says so instead of asking to try again', async () => {
    const page = await open('/incidents/i-999?lang=zh-CN');
    server.answer = () => ({ status: 404, body: { code: 'unknown_incident', detail: 'there is no incident with this id' } });
    await page.reload();
    await page.waitForSelector('.pr-read [role="alert"]');
    expect(await page.textContent('.pr-read')).toContain('没有这一条');
  });
});

describe('a draft', () => {
  it('stays when a more urgent story arrives: a bar offers it, the page does not move', async () => {
    const page = await open('/incidents/i-18?lang=zh-CN');
    await page.fill('[data-key="respond"]', '正在核实');
    const [first, ...rest] = incidentsFixture.open.incidents;
    const urgent = { ...(first as IncidentView), id: 'i-99', code: 'A99', title: '门店起火', status: 'open' as const, owner: null };
    showQueue([urgent, first as IncidentView, ...rest]);
    expect(await page.textContent('.urgent-bar')).toContain('门店起火');
    expect(new URL(page.url()).pathname).toBe('/incidents/i-18');
    expect(await page.inputValue('[data-key="respond"]')).toBe('正在核实');
  });

  it('is there after another story was looked at and after a reload', async () => {
    const page = await open('/incidents/i-18?lang=zh-CN');
    await page.fill('[data-key="respond"]', '正在核实');
    await page.click('[data-incident="i-17"]');
    await eventually(() => page.inputValue('[data-key="respond"]')).toBe('');
    await page.click('[data-incident="i-18"]');
    await eventually(() => page.inputValue('[data-key="respond"]')).toBe('正在核实');
    await page.reload();
    await eventually(() => page.inputValue('[data-key="respond"]')).toBe('正在核实');
  });

  it('stays to be copied when somebody else answers first', async () => {
    const page = await open('/incidents/i-17?lang=zh-CN');
    await page.fill('[data-key="respond"]', '我写了一半');
    const answered = changedStory('i-17', { status: 'responded', response: '已停发' });
    showQueue([{ ...(incidentsFixture.open.incidents[0] as IncidentView), version: answered.version, status: 'responded' }]);
    await page.waitForSelector('.left-draft');
    expect(await page.textContent('.left-draft')).toContain('你的草稿，没有提交');
    expect(await page.textContent('.left-draft')).toContain('我写了一半');
  });

  it('begun on a phone is found on the laptop', async () => {
    const phone = await open('/incidents/i-17?lang=zh-CN', { size: phoneSize });
    await phone.fill('[data-key="respond"]', '手机上写的');
    const beside = server.answer;
    await eventually(
      () => beside('GET', '/api/incidents/i-17/draft', undefined, new URLSearchParams({ person: '林悦' }))?.body,
    ).toMatchObject({ draft: { text: '手机上写的' } });
    const laptop = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await laptop.newPage();
    await page.addInitScript(() => localStorage.setItem('warroom.actor', '林悦'));
    await page.goto(`${server.url}/incidents/i-17?lang=zh-CN`);
    await eventually(() => page.inputValue('[data-key="respond"]')).toBe('手机上写的');
    await laptop.close();
  });
});

describe('an act', () => {
  it('is recorded under the name chosen, with the version that was seen', async () => {
    const page = await open('/incidents/i-18?lang=zh-CN', { actor: '', roster: null, answer: () => ({ status: 200, body: claimed() }) });
    await page.click('.story-acts [data-act="claim"]');
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('actor');
    expect(commands()).toEqual([]);
    await page.fill('#actor', '苏棠');
    await page.click('.story-acts [data-act="claim"]');
    await page.waitForSelector('.pr-answer .outcome-done');
    expect(commands()[0]).toMatchObject({
      path: '/api/incidents/i-18/commands',
      body: { type: 'claim', actor: '苏棠', expectedVersion: 1 },
    });
    expect(String(commands()[0]?.body['commandId'])).toMatch(/^desk-[0-9a-f]{32}$/u);
  });

  it('[C2] says who was first and shows the present state', async () => {
    const audit = [{ seq: 9, at: fixtureNow - 60_000, actor: '周屿', action: 'claimed', detail: {} }];
    const present = { ...changedStory('i-18', { status: 'claimed', owner: '周屿' }), audit };
    changed.clear();
    const page = await open('/incidents/i-18?lang=zh-CN', {
      answer: () => ({ status: 409, body: { code: 'already_claimed', detail: '周屿 has claimed it.', present } }),
    });
    await page.click('.story-acts [data-act="claim"]');
    await page.waitForSelector('.pr-answer .outcome-conflict');
    expect(await page.textContent('.pr-answer .outcome-conflict')).toContain('周屿在 14:34:20 已经认领');
    expect(await page.textContent('.story-owner')).toContain('周屿');
  });

  it('[C2] is sent again with the same id after a lost answer, and with a new version where only the story grew', async () => {
    let calls = 0;
    const grown = { ...incidentDetail('i-17'), version: 4, mentionCount: 140 };
    const answered = { ...grown, version: 5, status: 'responded', response: '已停发' };
    const page = await open('/incidents/i-17?lang=zh-CN', {
      answer: () => {
        calls += 1;
        if (calls === 1) return { status: 503, body: { code: 'store_unavailable', detail: 'not now' } };
        if (calls === 2) return { status: 409, body: { code: 'version_mismatch', detail: 'changed', present: grown } };
        return { status: 200, body: answered };
      },
    });
    await page.fill('[data-key="respond"]', '已停发');
    await page.click('.answer-submit');
    await page.waitForSelector('.pr-answer .outcome-failed');
    expect(await page.inputValue('[data-key="respond"]')).toBe('已停发');
    await page.click('.answer-submit');
    await page.waitForSelector('.recorded');
    expect(commands().map(({ body }) => body['expectedVersion'])).toEqual([3, 3, 4]);
    expect(commands()[1]?.body['commandId']).toBe(commands()[0]?.body['commandId']);
    expect(commands()[2]?.body['commandId']).not.toBe(commands()[1]?.body['commandId']);
    expect(await page.textContent('.recorded')).toContain('已停发');
  });

  it('of a double click happens once, and the closed story stays with a way back', async () => {
    changedStory('i-17', { status: 'responded', response: '已停发' });
    const page = await open('/incidents/i-17?lang=zh-CN', {
      answer: () => ({ status: 200, body: changedStory('i-17', { status: 'resolved', response: '已停发' }) }),
    });
    // The answer waits for both clicks: a way back must not come under the second one.
    const clicked = Promise.withResolvers<void>();
    await page.route('**/commands', (route) => clicked.promise.then(() => route.continue()));
    await page.dblclick('.resolve-button');
    clicked.resolve();
    await page.waitForSelector('.closed-line');
    expect(commands().map(({ path, body }) => [path, body['type']])).toEqual([['/api/incidents/i-17/commands', 'resolve']]);
    expect(new URL(page.url()).pathname).toBe('/incidents/i-17');
    expect(await page.textContent('.closed-line')).toContain('已结束');
    expect(await page.textContent('.closed-line')).toContain('撤销');
  });

  it('does nothing just after another story came under the pointer', async () => {
    const page = await open('/incidents/i-17?lang=zh-CN', { answer: () => ({ status: 200, body: claimed() }), stopped: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.click('[data-incident="i-18"]');
    await page.waitForSelector('.story-acts [data-act="claim"]');
    await page.clock.runFor(900);
    await page.keyboard.press('c');
    // Answered after the key was handled, and after the browser told of what it asked the server for.
    await page.evaluate(() => undefined);
    expect(asked.filter((url) => url.endsWith('/commands'))).toEqual([]);
    await page.clock.runFor(200);
    await page.keyboard.press('c');
    await eventually(() => commands().length).toBe(1);
  });

  it('begins with an empty reason each time', async () => {
    const page = await open('/incidents/i-18?lang=zh-CN', {
      answer: ({ body }) => ({
        status: 200,
        body: changedStory('i-18', { status: body['type'] === 'false_alarm' ? 'false_alarm' : 'open' }),
      }),
    });
    await page.waitForSelector('.story-acts [data-act="claim"]');
    await page.keyboard.press('f');
    await page.fill('#act-text', '不是我们的产品');
    await page.click('.ant-modal-footer .ant-btn-primary');
    await page.waitForSelector('.closed-line');
    changedStory('i-18', { status: 'open' });
    showQueue(incidentsFixture.open.incidents.map((one) => (one.id === 'i-18' ? { ...one, version: 3 } : one)));
    await page.waitForSelector('.story-acts [data-act="claim"]');
    await page.keyboard.press('f');
    await page.waitForSelector('#act-text');
    expect(await page.inputValue('#act-text')).toBe('');
  });

  it('on a story that somebody else has is warned of, and taking over is recorded', async () => {
    const page = await open('/incidents/i-15?lang=zh-CN', {
      answer: () => ({ status: 200, body: changedStory('i-15', { owner: '林悦' }) }),
    });
    expect(await page.textContent('[data-act="taken-by"]')).toContain('周屿正在处理');
    expect(await page.textContent('.answer-submit')).toContain('仍由我记为已回应');
    await page.click('[data-act="taken-by"] button');
    await eventually(() => commands()[0]?.body).toMatchObject({ type: 'hand_over', to: '林悦' });
    await eventually(() => page.locator('[data-act="taken-by"]').count()).toBe(0);
  });

  it('works with the keyboard alone, and the keys are told', async () => {
    const page = await open('/incidents?lang=zh-CN', { answer: () => ({ status: 200, body: claimed() }) });
    await page.waitForSelector('.queue-row');
    await page.keyboard.press('?');
    await page.waitForSelector('.key-list');
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('.key-list').count()).toBe(0);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await pathShown(page).toBe('/incidents/i-18');
    await pressUntil(page, 'c', '.pr-answer .outcome-done');
    expect(commands()[0]?.body).toMatchObject({ type: 'claim' });
    await eventually(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
    await page.keyboard.press('r');
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe('respond');
    await page.keyboard.type('已停发');
    await page.keyboard.press('Control+Enter');
    await eventually(() => commands().at(-1)?.body).toMatchObject({ type: 'respond', text: '已停发' });
  });
});

describe('evidence', () => {
  it('that looks like a link and is none is refused at once', async () => {
    const page = await open('/incidents/i-17?lang=zh-CN');
    await page.fill('[data-key="evidence"]', 'htps:/weibo');
    await page.keyboard.press('Enter');
    expect(await page.textContent('.evidence-field [role="alert"]')).toContain('不是能打开的链接');
    await page.fill('[data-key="evidence"]', 'https://weibo.com/1');
    await page.keyboard.press('Enter');
    expect(await page.textContent('.evidence-list')).toContain('weibo.com');
  });
});

describe('what waits for a decision', () => {
  it('is opened with one click', async () => {
    const page = await open('/incidents/i-17?lang=zh-CN', { answer: () => ({ status: 200, body: incidentDetail('i-15') }) });
    await page.locator('.pending-row [data-act="open"]').first().click();
    await pathShown(page).toBe('/incidents/i-15');
    expect(commands()[0]).toMatchObject({
      path: '/api/incidents/history-pending/commands',
      body: { actor: '林悦', mentionKey: '/monitor M-8' },
    });
  });

  it('is dismissed one by one or all at once, with a reason', async () => {
    const page = await open('/incidents/i-17?lang=zh-CN', { answer: () => ({ status: 200, body: { dismissed: 2 } }) });
    await page.click('[data-act="dismiss-all"]');
    expect(await page.isDisabled('.ant-modal-footer .ant-btn-primary')).toBe(true);
    await page.fill('#dismiss-reason', '导入的历史');
    await page.click('.ant-modal-footer .ant-btn-primary');
    await eventually(() => sent.find(({ path }) => path.endsWith('/dismiss'))?.body).toMatchObject({
      all: true,
      reason: '导入的历史',
      actor: '林悦',
    });
    await eventually(() => page.textContent('.pr-pending')).toContain('2 条已不立案');
  });
});

describe('whoever looks elsewhere', () => {
  it('sees the count and the time left in the tab, and the icon in fire', async () => {
    const page = await open('/incidents?lang=zh-CN');
    await eventually(() => page.title()).toMatch(/^\(3\) 0\d:\d\d X5 漏水视频 · /u);
    expect(await page.getAttribute('link[rel="icon"]', 'href')).toBe('/icon-fire.svg');
  });

  it('is told when no own brand is set', async () => {
    const page = await open('/incidents?lang=zh-CN', { ownBrands: [] });
    expect(await page.textContent('.no-brands')).toContain('未设自有品牌，负面不会计时');
  });
});

describe('the act within reach', () => {
  it.each([
    [800, 1000],
    [1024, 768],
    [1180, 820],
    [1440, 900],
  ])('at %d×%d also with 40 stories, and the chosen one is in sight', async (width, height) => {
    const page = await open('/incidents/i-18?lang=zh-CN', { size: [width, height] });
    const [, , calm] = incidentsFixture.open.incidents;
    const many = Array.from({ length: 40 }, (_, i) => ({ ...(calm as IncidentView), id: `i-${200 + i}`, code: `A${200 + i}` }));
    showQueue([...incidentsFixture.open.incidents, ...many]);
    await eventually(() => page.textContent('.pr-queue h2')).toContain('43');
    await page.waitForSelector('.story-acts');
    const acts = await page.locator('.story-acts').boundingBox();
    expect((acts?.y ?? height) + (acts?.height ?? 0)).toBeLessThanOrEqual(height);
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true);
    for (let i = 0; i < 33; i += 1) await page.keyboard.press('j');
    await eventually(() => page.getAttribute('.queue-row[aria-current]', 'data-incident')).toBe('i-232');
    const row = await page.locator('.queue-row[aria-current]').boundingBox();
    expect(row?.y).toBeGreaterThan(0);
    expect((row?.y ?? height) + (row?.height ?? 0)).toBeLessThanOrEqual(height);
  });

  it('on a phone takes three taps from the link to the answer', async () => {
    const page = await open('/incidents/i-18?lang=zh-CN', {
      size: phoneSize,
      answer: ({ body }) => ({
        status: 200,
        body: body['type'] === 'claim' ? claimed() : changedStory('i-18', { status: 'responded', owner: '林悦', response: '已停发' }),
      }),
    });
    expect((await page.locator('.clock-block').boundingBox())?.y).toBeLessThan(120);
    const claim = await page.locator('.phone-bar [data-act="claim"]').boundingBox();
    expect((claim?.y ?? 844) + (claim?.height ?? 0)).toBeLessThanOrEqual(844);
    await page.click('.phone-bar [data-act="claim"]');
    await page.click('[data-key="respond"]');
    await page.keyboard.type('已停发');
    await page.click('.phone-bar [data-act="send"]');
    await eventually(() => commands().map(({ body }) => body['type'])).toEqual(['claim', 'respond']);
  });
});
