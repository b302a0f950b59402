// @vitest-environment happy-dom
/** The cells of the strip: a deadline that is over, a later round, a drill, the severity, and what has no cell. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { Strip } from '../../../client/scenes/frame/strip.tsx';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { OverviewState } from '../../../shared/wire/views/overview.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../helpers/overview-fixture.ts';
import { sentimentFixture } from '../../helpers/sentiment-fixture.ts';
import { minutes, quietStrip } from '../../helpers/strip-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(strip: OverviewState['strip'], view: 'overview' | 'sentiment' = 'overview') {
  const store = createScreenStore(fixtureNow);
  store.setState({
    workspace: usualWorkspace,
    views: { overview: { ...scenarios.usual, strip }, sentiment: { ...sentimentFixture, strip } },
    phase: 'live',
  });
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <ScreenContext value={store}>
        <Strip view={view} />
      </ScreenContext>,
    ),
  );
  const cells = [...page.querySelectorAll('.cell')];
  return { store, page, text: (i: number, part: string) => cells[i]?.querySelector(part)?.textContent ?? '', cells };
}

it('[IC12] a deadline that is over has another shape, the word where the clock stood, and how late it is', async () => {
  const { cells, text, store } = await drawn(scenarios.alarms.strip);
  expect(cells[0]?.querySelector('.shape.block')).not.toBeNull();
  expect(cells[0]?.querySelector('.octagon.full')).toBeNull();
  expect(text(0, '.cell-over')).toBe('已超时');
  expect(text(0, '.cell-word')).toBe('迟 1 分 37 秒');
  await act(async () => store.setState({ now: fixtureNow + 3_600_000 }));
  expect(text(0, '.cell-word')).toBe('迟 1 小时 01 分');
});

it('[IC12] beside a deadline that is over stands who owes the answer, in words short enough for the place', async () => {
  const { alarms } = scenarios;
  const cells = alarms.strip.cells.map((cell, i) => (i === 0 ? { ...cell, status: 'claimed' as const, owner: '周屿' } : cell));
  const { text } = await drawn({ ...alarms.strip, cells });
  expect(text(0, '.cell-owner')).toContain('周屿未回应');
  expect(text(1, '.cell-owner')).toContain('林悦已认领 · 未回应');
});

it('[IC12] a later round says so and that the one before was late; a drill says that it is one', async () => {
  const { text } = await drawn(scenarios.alarms.strip);
  expect(text(1, '.cell-tail')).toBe('第 2 轮 · 上轮超时');
  expect(text(2, '.cell-tail')).toBe('演练');
});

it('the severity is a shape, a colour and a word; a story nobody judged has none', async () => {
  const { cells } = await drawn(scenarios.alarms.strip);
  expect(cells.map((cell) => cell.querySelector('.cell-grade')?.textContent)).toEqual(['红', '橙', '黄']);
  expect(cells.map((cell) => cell.querySelector('.grade')?.getAttribute('class')?.split(' ').at(-1))).toEqual(['red', 'orange', 'yellow']);
  const shapes = new Set(cells.map((cell) => cell.querySelector('.grade path')?.getAttribute('d')));
  expect(shapes.size).toBe(3);
  const usual = await drawn(scenarios.usual.strip);
  expect(usual.page.querySelector('.cell-grade')).toBeNull();
});

it('[IC12] what has no cell is counted by urgency', async () => {
  const { page } = await drawn(scenarios.alarms.strip);
  expect([...page.querySelectorAll('.strip-left p')].map((line) => line.textContent)).toEqual([
    '已超时 10',
    '火急 4',
    '注意 11',
    '其余 15',
  ]);
  expect((await drawn(scenarios.usual.strip)).page.querySelector('.strip-left')).toBeNull();
});

it('a cell leads to its story', async () => {
  const { cells } = await drawn(scenarios.usual.strip);
  expect(cells.map((cell) => cell.getAttribute('href'))).toEqual(['/incidents/17', '/incidents/15', '/incidents/18']);
});

describe('[TK4] an answer in time', () => {
  const praise = { incidentId: '9', title: '研磨噪音大', who: '林悦', tookMs: minutes(81), at: fixtureNow - minutes(2) };

  it('is praised for ten minutes, with who and how long it took: in a free place, beside full cells, or in the calm', async () => {
    const free = await drawn({ ...scenarios.usual.strip, cells: scenarios.usual.strip.cells.slice(0, 2), praise });
    expect(free.text(2, '.cell-title')).toBe('林悦 · 用时 81 分');
    expect(free.cells[2]?.getAttribute('href')).toBe('/incidents/9');
    const full = await drawn({ ...scenarios.usual.strip, praise });
    expect(full.page.querySelector('.strip-left')?.textContent).toBe('林悦用时 81 分');
    const calm = await drawn({ ...quietStrip, praise });
    expect(calm.page.textContent).toContain('林悦用时 81 分');
    await act(async () => calm.store.setState({ now: fixtureNow + minutes(8) }));
    expect(calm.page.textContent).not.toContain('林悦');
  });

  it('never takes the place of a clock, nor more than the four lines beside them', async () => {
    const { page, cells } = await drawn({ ...scenarios.alarms.strip, praise });
    expect(cells.map((cell) => cell.getAttribute('data-incident'))).toEqual(['7', '12', '15']);
    expect([...page.querySelectorAll('.strip-left p')].map((line) => line.textContent)).toEqual([
      '林悦用时 81 分',
      '已超时 10',
      '火急 4',
      '其余 26',
    ]);
  });
});

describe('[TK4] a strip without cells says how yesterday was answered', () => {
  it.each([
    [{ begun: 3, answered: 3, late: 0 }, '0 条火急 · 昨日 3 条，都在 2 小时内回应'],
    [{ begun: 3, answered: 3, late: 1 }, '0 条火急 · 昨日 3 条，1 条超时'],
    [{ begun: 3, answered: 2, late: 0 }, '0 条火急 · 昨日 3 条，已回应 2'],
    [{ begun: 0, answered: 0, late: 0 }, '0 条火急 · 昨日没有负面舆情'],
  ])('%j: %s', async (yesterday, words) => {
    expect((await drawn({ ...quietStrip, yesterday })).text(0, '.cell-title')).toBe(words);
  });
});

it('[IC12] in 舆情 the first clock stands above: its place says how many are open and how today was answered', async () => {
  const { cells, text } = await drawn(scenarios.alarms.strip, 'sentiment');
  expect(text(0, '.cell-clock')).toBe('43');
  expect(text(0, '.cell-owner')).toBe('今日 52 条 · 已回应 9，11 条超时');
  expect(cells.slice(1).map((cell) => cell.getAttribute('data-incident'))).toEqual(['12', '15']);
  const usual = await drawn(scenarios.usual.strip, 'sentiment');
  expect(usual.text(0, '.cell-story')).toBe('条在办，最急见上今日 7 条 · 已回应 4，都按时');
});
