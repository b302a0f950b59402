// @vitest-environment happy-dom
/** The cells of the strip: a deadline that is over, a later round, a drill, the severity, and what has no cell. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { Strip } from '../../../client/scenes/frame/strip.tsx';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { OverviewState } from '../../../shared/wire/views/overview.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(strip: OverviewState['strip']) {
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, views: { overview: { ...scenarios.usual, strip } }, phase: 'live' });
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <ScreenContext value={store}>
        <Strip view="overview" />
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
