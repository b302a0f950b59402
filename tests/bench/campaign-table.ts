/**
 * How smooth the table of campaigns stays with 10,000 rows of which a hundred change each second, on a processor four times
 * slower: it scrolls while the list is read again, as it is every half minute by the clock of the server, which runs six times
 * as fast as the machine's; each reading finds the 3,000 changes of its half minute.
 */
import path from 'node:path';
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';
import { answerCampaigns, campaignRows } from '../helpers/campaigns-fixture.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { answerReads } from '../helpers/incidents-fixture.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { scenes } from '../helpers/screenshot.ts';
import { eventually } from '../helpers/war-room.ts';
import { frameTimes } from './main-thread.ts';
import { median, quantile, spread } from './statistics.ts';

export interface CampaignTableReport {
  readonly lines: readonly string[];
  /** The median of the worst frames of the rounds, ms. */
  readonly worstMs: number;
}

const ROWS = 10_000;
const CHANGED_PER_READING = 3_000;
const FASTER = 6;
const SLOWER = 4;
const STEP_PX = 240;

/** The rows as they are at a reading: each reading changes the next ones of them. */
function rowsAt(reading: number): readonly CampaignRow[] {
  return Array.from({ length: ROWS }, (_, i): CampaignRow => {
    const model = campaignRows[i % 2];
    if (!model) throw new Error('the fixture has no campaigns');
    const changes = Math.floor((reading * CHANGED_PER_READING + ROWS - 1 - i) / ROWS);
    return {
      ...model,
      campaignId: `C-${i}`,
      name: `${model.name ?? ''} ${i}`,
      spend: (model.spend ?? 0) + changes * 100_000,
      decision: null,
    };
  });
}

export async function benchCampaignTable({ rounds }: { rounds: number }): Promise<CampaignTableReport> {
  const usual = scenes['usual'];
  const answered = answerCampaigns('/api/campaigns');
  if (!usual || !answered) throw new Error('a fixture is missing');
  const model = answered.body as CampaignPage;
  const server = await startFixtureServer(path.join(projectRoot, 'dist/client'), usual, fixtureNow, { rate: FASTER });
  const reads = answerReads(scenarios.usual);
  let readings = 0;
  /** Of which the last page was asked for. */
  let whole = 0;
  let rows = rowsAt(0);
  server.answer = (method, asked, body, query) => {
    if (asked !== '/api/campaigns') return reads(method, asked, body, query);
    const from = Number(query.get('cursor') ?? '0');
    const to = from + Number(query.get('limit') ?? '200');
    if (from === 0) rows = rowsAt((readings += 1));
    if (to >= ROWS) whole = readings;
    return { status: 200, body: { ...model, rows: rows.slice(from, to), totalRows: ROWS, next: to < ROWS ? String(to) : null } };
  };
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}/campaigns?lang=zh-CN`);
    await page.waitForSelector('.campaign-rows .ant-table-row', { timeout: 120_000 });
    /** Scrolls until the list was read again from its first page to its last. */
    const scroll = async (): Promise<void> => {
      const from = readings;
      await page.mouse.move(700, 700);
      await eventually(
        'the list was read again',
        async () => {
          await page.mouse.wheel(0, STEP_PX);
          return whole > from ? true : undefined;
        },
        120_000,
      );
      await page.mouse.wheel(0, STEP_PX);
      await page.waitForFunction(() => document.querySelector('.campaign-changed')?.textContent !== '');
    };
    const worst: number[] = [];
    const all: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const frames = (await frameTimes(browser, page, scroll)).map((ms) => ms * SLOWER);
      // The first round warms the page up.
      if (round === 0) continue;
      worst.push(Math.max(...frames));
      all.push(...frames);
    }
    return {
      worstMs: median(worst),
      lines: [
        `worst frame of the table, processor time × ${SLOWER}: ${spread(worst, 0)} ms (must 50); p50 ${quantile(all, 0.5).toFixed(0)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms; ${String(readings)} readings`,
      ],
    };
  } finally {
    await browser.close();
    await server.close();
  }
}
