// @vitest-environment happy-dom
/** The headline of 竞品: the largest thing in it is the change of a price, else the price of what is new, else what happened. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { LeadMoveBody } from '../../../../client/panels/lead-move/lead-move.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import type { CompetitorsState } from '../../../../shared/wire/views/competitors.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';
import { competitorsFixture } from '../../../helpers/competitors-fixture.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { usualDay, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function page(competitors: CompetitorsState) {
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, views: { competitors }, phase: 'live', now: fixtureNow });
  const shown = document.createElement('div');
  await act(async () => createRoot(shown).render(<ScreenContext value={store}>{<LeadMoveBody />}</ScreenContext>));
  return shown;
}

async function drawn(over: Partial<MoveRow>) {
  const [first] = usualDay.competitors;
  if (!first) throw new Error('the fixture has no move');
  const shown = await page({ ...competitorsFixture, leadMove: { move: { ...first, ...over }, days: 1 } });
  const text = (part: string) => shown.querySelector(part)?.textContent ?? null;
  // Without a figure the title stands in its place, in letters of its size.
  return {
    figure: text('.lead-change'),
    prices: text('.lead-prices'),
    titleIsLarge: shown.querySelector('.lead-story:nth-child(2)') !== null,
  };
}

it('a change of price is the figure, with both prices beside it', async () => {
  const shown = await drawn({ kind: 'price', before: '¥3,299', after: '¥2,799', change: -0.152 });
  expect(shown).toEqual({ figure: '↓15.2%', prices: '¥3,299 → ¥2,799', titleIsLarge: false });
});

it('what is new shows its price where a change would stand', async () => {
  const shown = await drawn({ kind: 'product', title: 'Duo 2 Max', before: null, after: '¥5,989', change: null });
  expect(shown).toEqual({ figure: '¥5,989', prices: null, titleIsLarge: false });
});

it('a price too long for the place, and a move without one, leave it to what happened', async () => {
  const long = await drawn({ kind: 'product', before: null, after: '¥5,989 起，首发立减 400', change: null });
  expect(long).toEqual({ figure: null, prices: null, titleIsLarge: true });
  const none = await drawn({ kind: 'channel', title: '进驻抖音旗舰店', before: null, after: null, change: null });
  expect(none).toEqual({ figure: null, prices: null, titleIsLarge: true });
});

it('without a move it speaks of the moves below only where there are some', async () => {
  expect((await page({ ...competitorsFixture, leadMove: null })).textContent).toContain('下面是各家');
  const nothing = { ...competitorsFixture, leadMove: null, rivals: { lanes: [], more: 0 } };
  expect((await page(nothing)).textContent).not.toContain('下面是各家');
});
