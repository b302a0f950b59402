/**
 * [S5] A week on the wall: the server's clock runs through seven days and the end of a month, every figure of every scene
 * keeps moving, and the scenes rotate. `npm run soak` takes an hour for it, every other run less than a minute.
 */
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { defaultWall } from '../../shared/screens/wall-policy.ts';
import { paintReport } from '../../shared/screens/screen-report.ts';
import { scenes as walls, type SceneId } from '../../shared/screens/scenes.ts';
import { viewNames, type ViewName } from '../../shared/wire/views/all.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { rounds } from '../helpers/long-form.ts';
import { mappedView, movedView } from '../helpers/moved-view.ts';
import { openScreen, scenes, settle } from '../helpers/screenshot.ts';

const SECONDS = rounds('WEEK_SECONDS', { short: 30, long: 3_600 });
const WEEK_MS = 7 * 86_400_000;
/** Changes of one view a second; each view has its turn. */
const CHANGES_A_SECOND = 4;
/** A painted revision may be this far behind what was sent. */
const BEHIND_MS = 10_000;
const before = Date.parse('2026-11-27T21:00:00+08:00');

let server: FixtureServer;
let browser: Browser;
const usual = scenes['usual'] as FixtureScene;
/** No deadline comes near in these days: a red story would stop the rotation. */
const far = before + 60 * 86_400_000;
const calm = mappedView(usual, (key, value) => (key === 'dueAt' ? far : key === 'breachedAt' || key === 'latenessMs' ? null : value));
const turningOver = (shown: readonly SceneId[]): FixtureScene => ({
  ...calm,
  workspace: { ...usual.workspace, wall: { ...defaultWall, standup: null, rotation: shown.map((scene) => ({ scene, seconds: 600 })) } },
});
const rotating = turningOver(walls.map(({ id }) => id));
beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), rotating, before, { rate: WEEK_MS / (SECONDS * 1_000) });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Alive {
  /** Live JS heap, bytes. */
  readonly heap: number;
  readonly nodes: number;
  /** Whether the running hour is drawn with what it is projected to come to: that follows from the time of day. */
  readonly projected: number;
  readonly listeners: number;
  readonly canvases: number;
}

it(`[S5] seven days in ${SECONDS} s leave the wall as they found it`, { timeout: (SECONDS + 120) * 2_000 }, async () => {
  const page = await openScreen(browser, `${server.url}/?lang=zh-CN`, [1920, 1080]);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));

  const seen = new Set<string>();
  const sent = new Map<ViewName, { readonly revision: number; readonly at: number }[]>();
  /** What is alive while 总览 is shown and nothing changes. */
  const measured = async (): Promise<Alive> => {
    clearInterval(changing);
    server.show(turningOver(['overview']));
    await page.waitForSelector('.wall[data-scene=overview]', { timeout: 60_000 });
    await settle(page);
    const found = await alive(session);
    server.show(rotating);
    changing = setInterval(change, 1_000 / CHANGES_A_SECOND);
    return found;
  };
  let turn = 0;
  const change = (): void => {
    turn += 1;
    const view = viewNames[turn % viewNames.length] ?? 'overview';
    server.patchView(view, movedView(calm[view], turn));
    sent.set(view, [...(sent.get(view) ?? []).slice(-400), { revision: server.revision(view), at: Date.now() }]);
  };
  let changing = setInterval(change, 1_000 / CHANGES_A_SECOND);
  const stale: string[] = [];
  let judged = 0;
  const judge = (): void => {
    for (const { body } of server.painted.splice(0)) {
      const report = paintReport.parse(body);
      seen.add(report.scene);
      if (!report.visible) continue;
      for (const [view, { revision }] of Object.entries(report.positions)) {
        const due = (sent.get(view as ViewName) ?? []).filter(({ at }) => at < Date.now() - BEHIND_MS).at(-1);
        if (due && revision < due.revision) stale.push(`${report.scene}: ${view} ${revision} of ${due.revision}`);
        judged += 1;
      }
    }
  };
  const judging = setInterval(judge, 250);
  try {
    const began = Date.now();
    // The first minute of a page compiles what it runs; each scene has been shown before anything is compared.
    await new Promise((done) => setTimeout(done, Math.max(20_000, Math.min(SECONDS, 120) * 333)));
    const early = await measured();
    const left = began + SECONDS * 1_000 - Date.now();
    await new Promise((done) => setTimeout(done, Math.max(left, SECONDS * 667)));
    const late = await measured();
    // A screen reports each five seconds, and later where the machine is busy.
    await expect.poll(() => seen.size > 1 && judged > 5).toBe(true);
    judge();
    const ratio = late.heap / early.heap;
    process.stdout.write(
      `wall week: heap ${early.heap} → ${late.heap} bytes (${ratio.toFixed(3)}), elements ${early.nodes} → ${late.nodes}\n`,
    );
    // A report comes each five seconds: in the short form not every scene happens to be in one.
    if (SECONDS >= 600) expect([...seen].toSorted()).toEqual(walls.map(({ id }) => id).toSorted());
    expect(seen.size).toBeGreaterThan(1);
    expect(errors).toEqual([]);
    expect(stale).toEqual([]);
    expect(judged).toBeGreaterThan(5);
    expect({ ...late, heap: 0, projected: 0 }).toEqual({ ...early, heap: 0, projected: 0 });
    expect(Math.max(early.projected, late.projected)).toBeLessThanOrEqual(1);
    expect(ratio).toBeLessThanOrEqual(1.1);
  } finally {
    clearInterval(changing);
    clearInterval(judging);
  }

  /** What grows even so is the browser's own: the code it compiles of what runs often, and its lists of weak references to maps. What one collection frees through finalizers only the next one takes away. */
  async function alive(on: CDPSession): Promise<Alive> {
    for (let round = 0; round < 3; round += 1) await on.send('HeapProfiler.collectGarbage');
    const { usedSize } = await on.send('Runtime.getHeapUsage');
    const { jsEventListeners } = await on.send('Memory.getDOMCounters');
    // Nodes of the document: the counter of the browser counts garbage too.
    const { nodes, canvases, projected } = await page.evaluate(() => ({
      nodes: document.querySelectorAll(':not(.hours-projected)').length,
      projected: document.querySelectorAll('.hours-projected').length,
      canvases: document.querySelectorAll('canvas').length,
    }));
    return { heap: usedSize, nodes, listeners: jsEventListeners, canvases, projected };
  }
});
