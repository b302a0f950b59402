/** The main paths of the pages of numbers and of the settings, over answers made here. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { KpiValue } from '../../shared/kpi/types.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer, type FixtureScene, type FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { openScreen, phoneSize, scenes } from '../helpers/screenshot.ts';

const deskSize = [1440, 900] as const;
let server: FixtureServer;
let browser: Browser;
/** Everything that was written, with its parameters. */
const written: { path: string; query: string; body: unknown }[] = [];

const netSales: KpiValue = {
  kpi: 'net_sales',
  period: { grain: 'month', start: '2026-11-01', end: '2026-12-01' },
  dimension: null,
  value: 7_672_000_000,
  unit: 'minor',
  numerator: null,
  denominator: null,
  state: 'live',
  sample: 2_314,
  ruleVersion: 1,
  target: 7_800_000_000,
};
/** The lists as somebody else has set them while a page stood open; null while nobody has. */
let changedBy: Brands | null = null;
interface Brands {
  readonly name: string;
  readonly value: { readonly own: readonly string[]; readonly tracked: readonly string[] };
  readonly version: number;
  readonly owner: string;
  readonly reason: string;
  readonly effectiveFrom: number;
}
const brands: Brands = {
  name: 'brands',
  value: { own: ['山澜'], tracked: [] },
  version: 1,
  owner: '林悦',
  reason: '首次',
  effectiveFrom: fixtureNow,
};

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  server.answer = (method, path, body, query) => {
    if (method === 'PUT') written.push({ path, query: query.toString(), body });
    if (path === '/api/kpis') return { status: 200, body: { asOf: '2026-11-23T06:36:00Z', timeZone: 'Asia/Shanghai', values: [netSales] } };
    if (path === '/api/policies/brands' && method === 'PUT' && changedBy) {
      return { status: 409, body: { code: 'changed_meanwhile', detail: 'version 2', path: 'basedOn', present: changedBy } };
    }
    if (path === '/api/policies/brands') return { status: 200, body: changedBy ?? brands };
    if (path === '/api/targets' && method === 'GET') return { status: 200, body: { targets: [] } };
    if (path === '/api/targets') {
      const targets = (body as { targets: unknown[] }).targets;
      return { status: 200, body: { dryRun: true, changes: targets.map((target) => ({ target, change: 'added', previousValue: null })) } };
    }
    return undefined;
  };
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => {
  written.length = 0;
});

const open = (path: string): Promise<Page> => openScreen(browser, `${server.url}${path}`, deskSize);

describe('the page of a number', () => {
  it('opens from the list with its figure, and the browser leads back; a part without an answer says so and leaves the others', async () => {
    const page = await open('/kpis?period=2026-11');
    await page.click('a[href^="/kpis/net_sales"].kpi-figure');
    await page.waitForSelector('.number-value .kpi-large');
    expect(await page.textContent('.number-value')).toContain('7,672');
    await page.locator('[role="alert"], .ant-alert-error').first().waitFor();
    await page.goBack();
    await page.waitForSelector('.kpi-groups');
    expect(page.url()).toContain('/kpis?period=2026-11');
    await page.close();
  });
});

describe('the wall on a phone', () => {
  it('leads from a figure to the page of its number', async () => {
    const page = await openScreen(browser, `${server.url}/`, phoneSize);
    await page.click('.headline .number-link');
    await page.waitForSelector('.number-value .kpi-large');
    expect(new URL(page.url()).pathname).toBe('/kpis/net_sales');
    expect(new URL(page.url()).searchParams.get('period')).toMatch(/^\d{4}-\d{2}-\d{2}$/u);
    await page.close();
  });
});

describe('the settings', () => {
  /** The brands with another own one, and what that would change asked for. */
  async function oneBrandMore() {
    const page = await open('/settings/brands');
    await page.fill('#brands_own', '山澜咖啡');
    await page.keyboard.press('Enter');
    await page.fill('#brands_owner', '林悦');
    await page.fill('#brands_reason', '新品牌');
    await page.click('button[type="submit"]');
    return page;
  }

  it('say what would change before anything is written', async () => {
    const page = await oneBrandMore();
    await page.waitForSelector('.change-list');
    expect(await page.textContent('.change-list')).toContain('山澜咖啡');
    expect(written).toEqual([]);
    await page.click('.save-actions .ant-btn-primary');
    await page.waitForSelector('.save-outcome');
    expect(written.map(({ path, body }) => [path, body])).toEqual([
      ['/api/policies/brands', { value: { own: ['山澜', '山澜咖啡'], tracked: [] }, owner: '林悦', reason: '新品牌', basedOn: 1 }],
    ]);
    await page.close();
  });

  it('say so where somebody else has changed the same, and then what saving would change of theirs', async () => {
    const page = await oneBrandMore();
    changedBy = { ...brands, version: 2, owner: '周屿', value: { own: ['山澜'], tracked: ['铂域'] } };
    await page.click('.save-actions .ant-btn-primary');
    await page.waitForSelector('.save-failed:has-text("别人刚刚改过")');
    await page.waitForSelector('.page-note:has-text("周屿")');
    await page.click('button[type="submit"]');
    await page.waitForSelector('.change-list:has-text("铂域")');
    changedBy = null;
    await page.close();
  });

  it('name the lines of an imported file that are at fault, and write nothing before it is confirmed', async () => {
    const page = await open('/settings/targets');
    const csv =
      '指标,期间,目标值,负责人,理由\nnet_sales,2026-12,800万,林悦,年底\nnet_sales,2026-13,900万,林悦,年底\nnet_sales,2027-01,=1+1,林悦,年底\n';
    await page.setInputFiles('input[type="file"]', { name: 'targets.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.waitForSelector('[data-import="preview"]');
    const faults = await page.locator('#import .ant-table').first().textContent();
    expect(faults).toContain('2026-13');
    expect(faults).toMatch(/3期间/u);
    expect(faults).toMatch(/4目标值/u);
    expect(written.map(({ query }) => query)).toEqual(['dryRun=true']);
    await page.click('#import .save-actions .ant-btn-primary');
    await page.waitForSelector('#import .save-outcome');
    expect(written.map(({ query }) => query)).toEqual(['dryRun=true', 'dryRun=false']);
    expect(written[1]?.body).toEqual({
      targets: [{ kpi: 'net_sales', grain: 'month', period: '2026-12', value: 800_000_000, owner: '林悦', reason: '年底' }],
      basedOn: [null],
    });
    await page.close();
  });
});
