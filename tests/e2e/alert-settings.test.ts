/** The main paths of the settings of alerts, in a real browser over the real services: what is saved there is what programs read. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelList } from '../../shared/incidents/channels.ts';
import type { PolicyName, PolicyValues } from '../../shared/kpi/targets.ts';
import { openChromium } from '../helpers/chromium.ts';
import { warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
let browser: Browser;

beforeAll(async () => {
  room = await warRoom();
  await room.start();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await room?.dispose();
});

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${room.url}${path}?lang=zh-CN`);
  await page.waitForSelector('[data-ready] .settings-nav');
  return page;
}
const policy = async <N extends PolicyName>(name: N): Promise<PolicyValues[N]> =>
  (await room.get<{ value: PolicyValues[N] }>(`/api/policies/${name}`)).value;

/** Shows what would change, reads it, and saves. */
async function save(page: Page, within = ''): Promise<string> {
  await page.fill(`${within} [id$="owner"]`, '林悦');
  await page.fill(`${within} [id$="reason"]`, '试一试');
  await page.click(`${within} button[type="submit"]:has-text("先看会改什么")`);
  const changes = await page.textContent(`${within} .change-list`);
  await page.click(`${within} .save-actions .ant-btn-primary`);
  await page.waitForSelector(`${within} .save-outcome:has-text("已保存")`);
  return changes ?? '';
}

describe('/settings/channels', () => {
  it('adds a channel, keeps its address secret, and says in words why a test did not arrive', async () => {
    const page = await open('/settings/channels');
    await page.click('button:has-text("加渠道")');
    // The name of this host never resolves.
    await page.fill('[data-channel="wecom"] input[type="password"]', 'https://robot.invalid/cgi-bin/send?key=hush-hush');
    await page.fill('.settings-form #owner', '林悦');
    await page.fill('.settings-form #reason', '接入公关群');
    await page.click('button:has-text("先看会改什么")');
    await page.waitForSelector('.change-list');
    const changes = await page.textContent('.change-list');
    expect(changes).toContain('渠道 wecom');
    expect(changes).not.toContain('hush');
    expect((await room.get<ChannelList>('/api/channels')).channels).toEqual([]);
    await page.click('.save-actions .ant-btn-primary');
    await page.waitForSelector('.save-outcome');
    const [stored] = (await room.get<ChannelList>('/api/channels')).channels;
    expect(stored).toMatchObject({ id: 'wecom', kind: 'wecom', urlSet: true, urlShown: 'https://robot.invalid', enabled: true });
    expect(await page.content()).not.toContain('hush');
    await page.waitForSelector('.channel-history:has-text("林悦 · 接入公关群")');
    expect(await page.textContent('[data-channel="wecom"]')).toContain('https://robot.invalid/…');
    await page.click('[data-channel="wecom"] button:has-text("试发一条")');
    await page.waitForSelector('[data-channel="wecom"] .save-failed', { timeout: 60_000 });
    expect(await page.textContent('[data-channel="wecom"] .save-failed')).toMatch(/^没有送到/u);
    await page.close();
  });
});

describe('/settings/roster', () => {
  it('puts people on shifts, copies the week, takes a file and names its lines at fault, and saves after showing it all', async () => {
    const page = await open('/settings/roster');
    await page.click('button:has-text("加人")');
    await page.fill('.person-form #name', '林悦');
    await page.click('.person-form button:has-text("记下")');
    await page.waitForSelector('#people .ant-table:has-text("林悦")');
    await page.click('#week .shift-form #person');
    await page.click('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item:has-text("林悦")');
    await page.fill('#week .shift-form #days', '7');
    await page.click('#week button:has-text("排班")');
    await expect.poll(() => page.locator('.week .shift').count()).toBe(7);
    expect(await page.locator('.week .gap-words').count()).toBeGreaterThan(0);
    await page.click('button:has-text("复制到下一周")');
    await page.waitForSelector('.save-outcome:has-text("复制了 7 个班")');
    expect(await page.locator('.week .shift').count()).toBe(7);
    const csv = '角色,人,开始,结束\n值班,林悦,2030-01-01 09:00,2030-01-01 18:00\n值班,没有这人,2030-01-01 09:00,2030-01-01 18:00\n';
    await page.setInputFiles('#import input[type="file"]', { name: 'shifts.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.waitForSelector('[data-import="preview"]');
    expect(await page.locator('#import .ant-table').first().textContent()).toContain('没有这人');
    await page.click('#import .save-actions .ant-btn-primary');
    expect((await policy('roster')).people).toEqual([]);
    const changes = await save(page, '#save');
    expect(changes).toContain('值班 林悦 2030-01-01 09:00–18:00');
    const { people, shifts } = await policy('roster');
    expect(people).toEqual([{ id: 'p1', name: '林悦', roles: ['duty'], contacts: [] }]);
    expect(shifts).toHaveLength(15);
    expect(shifts).toContainEqual({ role: 'duty', person: 'p1', from: '2030-01-01T01:00:00.000Z', to: '2030-01-01T10:00:00.000Z' });
    await page.close();
  });
});

describe('/settings/ladder', () => {
  it('changes a step and shows whom the ladder would call for a story opened now', async () => {
    const page = await open('/settings/ladder');
    await page.waitForSelector('.time-line li');
    await page.fill('#ladder_steps_1_after', '20');
    await page.waitForSelector('.time-line li:has-text("+20 分")');
    expect(await save(page)).toContain('+20 分');
    expect((await policy('ladder')).steps[1]).toEqual({ afterMs: 1_200_000, when: 'unclaimed', to: ['backup'] });
    await page.close();
  });
});

describe('/settings/severity', () => {
  it('judges the example by the rule in the form before it is saved', async () => {
    const page = await open('/settings/severity');
    await page.waitForSelector('.live-example .judged');
    await page.fill('#severity_thresholds_red', '50');
    await page.waitForSelector('.judged:nth-of-type(2) .grade.red');
    expect(await page.locator('.judged').first().locator('.grade.red').count()).toBe(0);
    expect(await save(page, '.part:not(#spike)')).toContain('红色起：70 → 50');
    expect((await policy('severity')).thresholds.red).toBe(50);
    await page.fill('#spike_minimum', '12');
    expect(await save(page, '#spike')).toContain('8 → 12');
    expect((await policy('spike')).minimum).toBe(12);
    await page.close();
  });
});

describe('the past under a rule that is not saved yet', () => {
  it('stands beside what the rule in force did', async () => {
    const page = await open('/settings/ladder');
    await page.fill('#ladder_owner', '林悦');
    await page.fill('#ladder_reason', '先算');
    await page.click('button[type="submit"]');
    await page.click('.back-test button');
    await page.waitForSelector('[data-back-test="result"]');
    expect(await page.textContent('[data-back-test="result"]')).toContain('首次通知时没有人值班');
    expect(await page.locator('.back-test-hours li').count()).toBe(48);
    await page.close();
  });
});

describe('/settings/words', () => {
  it('takes a pasted list and tries a sentence by it', async () => {
    const page = await open('/settings/words');
    const list = Array.from({ length: 900 }, (_, i) => `坏词${String(i)}`).join('、');
    await page.fill('#words_price', list);
    await page.waitForSelector('.ant-form-item-extra:has-text("900 个词")');
    await page.fill('.live-example textarea', '这个坏词899真多');
    await page.waitForSelector('.live-example p:has-text("价格")');
    expect(await save(page)).toContain('另有');
    expect((await policy('words')).topics.price).toHaveLength(900);
    await page.close();
  });
});

describe('/settings/rules', () => {
  it('sets the weights of spread and brand health, and the days off of a year', async () => {
    const page = await open('/settings/rules');
    await page.fill('#readings_spreadWeights_shares', '30');
    await page.fill('#readings_brandHealth_voiceTrend_weight', '10');
    const readings = await save(page, '.part:has(#readings_owner)');
    expect(readings).toContain('一次转发：20 → 30');
    expect(readings).toContain('声量走势 · 权重：15 → 10');
    expect(await policy('readings')).toMatchObject({
      spreadWeights: { reads: 1, shares: 30 },
      brandHealth: { voiceTrend: { weight: 10 } },
    });
    const holidays = '.part:has(#holidays_owner)';
    await page.click(`${holidays} button:has-text("加一年")`);
    await page.fill('#holidays_years_0_year', '2027');
    await page.fill('#holidays_years_0_off', '元旦 2027-01-01\n春节 2027-02-05 2027-02-11');
    await page.fill('#holidays_years_0_work', '2027-02-14');
    expect(await save(page, holidays)).toContain('2027 放假 春节 2027-02-05 2027-02-11');
    expect((await policy('holidays')).years['2027']).toEqual({
      off: [
        { name: '元旦', from: '2027-01-01', to: '2027-01-01' },
        { name: '春节', from: '2027-02-05', to: '2027-02-11' },
      ],
      work: ['2027-02-14'],
    });
    await page.close();
  });

  it('dates a rule back into closed periods only on purpose, and says so before', async () => {
    const page = await open('/settings/rules');
    const form = '.part:has(#readings_owner)';
    await page.fill('#readings_conversionDays', '45');
    await page.fill('#readings_since', '2025-01-01T00:00');
    await page.fill('#readings_owner', '林悦');
    await page.fill('#readings_reason', '合同改了');
    const bodies: unknown[] = [];
    page.on('request', (request) => request.method() === 'PUT' && bodies.push(request.postDataJSON()));
    await page.click(`${form} button[type="submit"]`);
    expect(await page.textContent(`${form} .change-list`)).not.toContain('会改动已关账的期间');
    // Version 1 was set a moment ago and takes effect later than this one.
    expect(await page.textContent(`${form} .change-list`)).toContain('之后开始的期间仍按第 1 版');
    await page.check('#readings_restate');
    await page.click(`${form} button[type="submit"]`);
    await page.waitForSelector(`${form} .change-list:has-text("会改动已关账的期间")`);
    expect(bodies).toEqual([]);
    await page.click(`${form} .save-actions .ant-btn-primary`);
    await page.waitForSelector(`${form} .save-outcome:has-text("已保存")`);
    expect(bodies).toMatchObject([{ restate: true, effectiveFrom: expect.any(String) }]);
    await page.close();
  });
});
