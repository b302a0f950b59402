/**
 * Every scene of the wall in every look it can have, at every size it must fit, measured in a real browser: nothing clipped,
 * overlapping, too small or too faint. One page a language is resized and shown one look after the other.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { momentsBetween } from '../../client/scenes/heard/moments.ts';
import { sceneIds, scenePath } from '../../shared/screens/scenes.ts';
import type { SceneId } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { answerReads } from '../helpers/incidents-fixture.ts';
import { layoutFaults } from '../helpers/layout.ts';
import { scenarios, streamsAllStale, streamsUsual } from '../helpers/overview-fixture.ts';
import { wallFaults } from '../helpers/readability.ts';
import { phoneSize, settle } from '../helpers/screenshot.ts';
import { calmTalk } from '../helpers/sentiment-fixture.ts';
import { alarmStrip, minutes, quietStrip, stripCell } from '../helpers/strip-fixture.ts';
import { lookNames, looks } from '../helpers/wall-looks.ts';
import type { Language, LookName } from '../helpers/wall-looks.ts';

type Size = readonly [number, number];

/** What is known to break a rule, and why it still may. A line that nothing needs any more fails the last test. */
const exempt: readonly { readonly scene: SceneId; readonly fault: RegExp; readonly why: string }[] = [];
const needed = new Set<RegExp>();
const notExempt = (scene: SceneId, faults: readonly string[]): readonly string[] =>
  faults.filter((fault) => {
    const found = exempt.filter((each) => each.scene === scene && each.fault.test(fault));
    for (const { fault: rule } of found) needed.add(rule);
    return found.length === 0;
  });

/** Sizes grow with the height: what fits at 1080 lines fits at 2160, so the largest wall shows two looks only. */
const chinese: readonly (readonly [Size, readonly LookName[]])[] = [
  [[1920, 1080], lookNames],
  [[1366, 768], lookNames],
  [
    [2560, 1080],
    ['usual', 'longest', 'huge', 'crowded'],
  ],
  [
    [3840, 2160],
    ['usual', 'crowded'],
  ],
];
const english: readonly (readonly [Size, readonly LookName[]])[] = [
  [
    [1920, 1080],
    ['usual', 'longest'],
  ],
  [
    [1366, 768],
    ['usual', 'longest'],
  ],
];
/** In these a name may end in “…”, where its whole stands in a title. */
const strained: ReadonlySet<LookName> = new Set(['longest', 'huge', 'crowded']);
const cases = (of: typeof chinese) => of.flatMap(([size, names]) => names.map((name) => [...size, name] as const));

const all: Readonly<Record<Language, Readonly<Record<LookName, FixtureScene>>>> = { 'zh-CN': looks('zh-CN'), en: looks('en') };
/** From one look to the next competitors move and targets are reached: a moment would lie over the scene. */
const told = Object.values(all).flatMap((of) =>
  Object.values(of).flatMap((before) =>
    Object.values(of).flatMap((after) => momentsBetween(before.overview, after.overview).map(({ key }) => key)),
  ),
);

let server: FixtureServer;
let browser: Browser;
let page: Page;

async function openPage(clock: boolean): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' });
  await opened.addInitScript((keys) => localStorage.setItem('warroom.told', JSON.stringify(keys)), [...new Set(told)]);
  if (clock) await opened.clock.install();
  return opened;
}

async function visit(at: Page, path: string): Promise<void> {
  await at.goto(server.url + path);
  await at.waitForSelector('[data-ready]', { timeout: 60_000 });
}

/** Shows a look at a size, and waits until the page holds and has drawn it. */
async function showing(look: FixtureScene, [width, height]: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  server.show(look);
  await page.waitForFunction((expected) => document.querySelector('.wall-name')?.textContent === expected, look.workspace.name);
  await settle(page);
}

/** A server whose clock begins: what is minutes from a deadline comes to it while a slow machine measures all scenes. */
async function startServer(): Promise<void> {
  await server?.close();
  server = await startFixtureServer(inject('clientRoot'), all['zh-CN'].usual, fixtureNow);
  server.answer = answerReads(scenarios.usual);
}
beforeAll(async () => {
  await startServer();
  browser = await openChromium();
  page = await openPage(false);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const read = async (scene: SceneId, height: number, mayCut: boolean, at = page) =>
  notExempt(scene, await wallFaults(at, { scene, height, mayCut }));
const column = { minFont: 13, minContrast: 7, oneScreen: false, mayCut: true };

describe.each(sceneIds)('the scene %s in 简体中文', (id) => {
  beforeAll(async () => {
    server.show(all['zh-CN'].usual);
    await visit(page, `${scenePath(id)}?lang=zh-CN`);
  });

  it.each(cases(chinese))('at %d×%d: %s', async (width, height, name) => {
    await showing(all['zh-CN'][name], [width, height]);
    expect(await page.getAttribute('.wall', 'data-scene')).toBe(id);
    expect(await read(id, height, strained.has(name))).toEqual([]);
  });

  it.each(['usual', 'longest', 'none', 'crowded'] as const)('one readable column on a phone: %s', async (name) => {
    await showing(all['zh-CN'][name], phoneSize);
    expect(notExempt(id, await layoutFaults(page, column))).toEqual([]);
  });

  it.each([[820, 1180], [1024, 768], [1280, 1024]] as const)('on a tablet and a desk of %d×%d', async (width, height) => {
    await showing(all['zh-CN'].usual, [width, height]);
    expect(notExempt(id, await layoutFaults(page, column))).toEqual([]);
  }); // prettier-ignore
});

describe.each(sceneIds)('the scene %s in English', (id) => {
  beforeAll(async () => {
    server.show(all.en.usual);
    await visit(page, `${scenePath(id)}?lang=en`);
  });

  it.each(cases(english))('at %d×%d: %s', async (width, height, name) => {
    await showing(all.en[name], [width, height]);
    expect(await read(id, height, true)).toEqual([]);
  });

  it('one readable column on a phone', async () => {
    await showing(all.en.usual, phoneSize);
    expect(notExempt(id, await layoutFaults(page, column))).toEqual([]);
  });
});

describe('[S2] cut off from the server for three minutes', () => {
  let cut: Page;
  beforeAll(async () => {
    cut = await openPage(true);
  });
  afterAll(async () => {
    await cut?.close();
  });

  it.each(sceneIds)('the scene %s', async (id) => {
    server.show(all['zh-CN'].usual);
    await visit(cut, `${scenePath(id)}?lang=zh-CN`);
    server.silence();
    try {
      await cut.clock.fastForward(180_000);
      await cut.clock.runFor(2_000);
      expect(await cut.getAttribute('.wall', 'data-phase')).toBe('grey');
      for (const [width, height] of [[1920, 1080], [1366, 768]] as const) {
        await cut.setViewportSize({ width, height });
        await cut.clock.runFor(100);
        expect(await read(id, height, false, cut), `${width}×${height}`).toEqual([]);
      } // prettier-ignore
    } finally {
      server.speak();
    }
  });
});

describe('a planted fault is caught', () => {
  const fault = (selector: string, style: Readonly<Record<string, string>>, every = false) => ({ selector, style, every });
  beforeAll(async () => {
    server.show(all['zh-CN'].usual);
    await page.setViewportSize({ width: 1920, height: 1080 });
  });

  it.each([
    [
      'text that is cut',
      'overview',
      fault('.wall-date', { display: 'block', width: '20px', overflow: 'hidden', whiteSpace: 'nowrap' }),
      /is cut/u,
    ],
    ['text over text', 'overview', fault('.campaign-name', { position: 'relative', top: '36px' }), /lies over/u],
    ['text that leaves its group', 'overview', fault('.wall-date', { position: 'relative', left: '-900px' }), /leaves its group/u],
    ['text that leaves the screen', 'overview', fault('.wall-clock', { position: 'relative', left: '100px' }), /is cut|leaves the screen/u],
    ['a page that scrolls', 'overview', fault('.wall', { height: '1200px' }), /px high in a window of 1080/u],
    ['small type', 'overview', fault('.wall-date', { fontSize: '23px' }), /type of 23 px, at least 24/u],
    ['a small name in a list', 'overview', fault('.campaign-name', { fontSize: '27px' }), /a name in a list of 27 px, at least 28/u],
    ['a small figure that decides', 'overview', fault('.headline', { fontSize: '95px' }), /a figure that decides of 95 px, at least 96/u],
    ['a small line that is read aloud', 'standup', fault('.goal-title', { fontSize: '43px' }), /read aloud of 43 px, at least 44/u],
    ['a small reason', 'standup', fault('.stage-why', { fontSize: '25px' }), /a reason of 25 px, at least 26/u],
    ['faint text', 'overview', fault('.wall-date', { color: '#7f858d' }), /contrast [3-6]\.\d+ of/u],
    ['a faint mark', 'overview', fault('.wall-state svg *', { fill: '#333' }), /a mark of contrast/u],
    ['too many amber marks', 'overview', fault('.channel-net', { color: '#ffc24a' }, true), /amber marks, at most 5/u],
    [
      'too many amber marks in head and strip',
      'overview',
      fault('.stream, .cell-owner', { color: '#ffc24a' }, true),
      /amber marks, at most 5/u,
    ],
  ] as const)('%s', async (_what, scene, { selector, style, every }, caught) => {
    if ((await page.locator(`.wall[data-scene="${scene}"]`).count()) === 0) await visit(page, `${scenePath(scene)}?lang=zh-CN`);
    await settle(page);
    expect(await read(scene, 1080, false)).toEqual([]);
    const set = (on: boolean) =>
      page.evaluate(
        ({ selector: where, style: how, every: whole, on: plant }) => {
          const found = [...document.querySelectorAll<HTMLElement | SVGElement>(where)];
          for (const element of whole ? found : found.slice(0, 1)) {
            if (plant) Object.assign(element.style, how);
            else for (const name of Object.keys(how)) element.style.setProperty(name.replaceAll(/[A-Z]/gu, '-$&').toLowerCase(), null);
          }
          return found.length;
        },
        { selector, style, every, on },
      );
    expect(await set(true)).toBeGreaterThan(0);
    const faults = await wallFaults(page, { scene, height: 1080, mayCut: false });
    await set(false);
    expect(faults.join('\n')).toMatch(caught);
  });
});

describe('to people who see fewer colours', () => {
  beforeAll(startServer);
  const urgent = { ...all['zh-CN'].usual, overview: { ...scenarios.usual, strip: alarmStrip }, streams: streamsAllStale };
  const calm = {
    ...all['zh-CN'].one,
    overview: {
      ...scenarios.usual,
      strip: { ...quietStrip, cells: [stripCell('19', '研磨噪音大', minutes(170))], praise: calmTalk.strip.praise },
    },
    streams: streamsUsual,
  };
  /** Where each state stands, and its word. */
  const states = [
    { state: 'breached', look: urgent, mark: '.cell.breached > .shape', word: '.cell.breached .cell-over' },
    { state: 'fire', look: urgent, mark: '.cell.fire > .shape', word: '.cell.fire .cell-word' },
    { state: 'soon', look: urgent, mark: '.cell.soon > .shape', word: '.cell.soon .cell-word' },
    { state: 'calm', look: calm, mark: '.cell.calm > .shape', word: '.cell.calm .cell-word' },
    { state: 'praised', look: calm, mark: '.cell > .check', word: '.cell:has(> .check) .cell-owner' },
  ] as const;
  const streams = [
    { state: 'stale', look: urgent, mark: '.stream .shape', word: '.stream' },
    { state: 'fresh', look: calm, mark: '.stream .shape', word: '.stream' },
  ] as const;

  /** Share of the surface in which two pictures differ by more than a fifth in lightness. */
  const difference = (blank: Page, a: string, b: string): Promise<number> =>
    blank.evaluate(
      async (sources) => {
        const drawn = await Promise.all(
          sources.map(async (source) => {
            const image = new Image();
            image.src = `data:image/png;base64,${source}`;
            await image.decode();
            const context = Object.assign(document.createElement('canvas'), { width: 64, height: 64 }).getContext('2d');
            context?.drawImage(image, 0, 0, 64, 64);
            return context?.getImageData(0, 0, 64, 64).data ?? new Uint8ClampedArray();
          }),
        );
        const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = drawn;
        const light = (of: Uint8ClampedArray, i: number) => 0.2126 * (of[i] ?? 0) + 0.7152 * (of[i + 1] ?? 0) + 0.0722 * (of[i + 2] ?? 0);
        let apart = 0;
        for (let i = 0; i < 64 * 64 * 4; i += 4) if (Math.abs(light(first, i) - light(second, i)) > 51) apart += 1;
        return apart / (64 * 64);
      },
      [a, b],
    );

  it('each state has a shape and a word of its own, and no two look alike in any deficiency', async () => {
    await visit(page, `${scenePath('overview')}?lang=zh-CN`);
    const session = await page.context().newCDPSession(page);
    const blank = await browser.newPage();
    const kinds = ['achromatopsia', 'deuteranopia', 'protanopia', 'tritanopia'] as const;
    const words = new Map<string, string>();
    const shapes = new Map<string, string>();
    const pictures = new Map<string, string>();
    for (const { state, look, mark, word } of [...states, ...streams]) {
      await showing(look, [1920, 1080]);
      await page.waitForSelector(mark);
      words.set(state, (await page.locator(word).first().innerText()).replaceAll(/[\d:.]+/gu, ''));
      shapes.set(state, await page.locator(mark).first().innerHTML());
      for (const type of kinds) {
        await session.send('Emulation.setEmulatedVisionDeficiency', { type });
        pictures.set(`${state} ${type}`, (await page.locator(mark).first().screenshot()).toString('base64'));
      }
    }
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
    expect(new Set(words.values()).size, JSON.stringify([...words])).toBe(words.size);
    expect(new Set(shapes.values()).size, JSON.stringify([...shapes])).toBe(shapes.size);
    const alike: string[] = [];
    for (const family of [states, streams]) {
      for (const [i, { state: one }] of family.entries()) {
        for (const { state: other } of family.slice(i + 1)) {
          for (const type of kinds) {
            const apart = await difference(blank, pictures.get(`${one} ${type}`) ?? '', pictures.get(`${other} ${type}`) ?? '');
            if (apart < 0.08) alike.push(`${one} and ${other} with ${type}: ${(apart * 100).toFixed(1)} % differs`);
          }
        }
      }
    }
    await blank.close();
    expect(alike).toEqual([]);
  });
});

describe('an address', () => {
  it('that names no scene shows none', async () => {
    await page.goto(`${server.url}/wall/nowhere`);
    await page.waitForSelector('h1');
    expect(await page.locator('.wall').count()).toBe(0);
  });
});

describe('the desk of stories', () => {
  it.each([
    ['/incidents', phoneSize],
    ['/incidents/i-17', phoneSize],
    ['/incidents/i-18', phoneSize],
    ['/incidents?lang=zh-CN', [1440, 900]],
    ['/incidents?lang=en', [1440, 900]],
  ] as const)('%s at %s', async (path, [width, height]) => {
    server.show(all['zh-CN'].usual);
    await page.setViewportSize({ width, height });
    await visit(page, path);
    await settle(page);
    expect(await layoutFaults(page, { ...column, minContrast: 4.5 })).toEqual([]);
  });
});

it('has no exemption that nothing needs', () => {
  expect(exempt.filter(({ fault }) => !needed.has(fault))).toEqual([]);
});
