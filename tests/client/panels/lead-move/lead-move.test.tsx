// @vitest-environment happy-dom
/** The headline of 竞品: the largest thing in it is the change of a price, else the price of what is new, else what happened. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { LeadMoveBody } from '../../../../client/panels/lead-move/lead-move.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import type { MoveRow } from '../../../../shared/wire/views/overview.ts';
import { competitorsFixture } from '../../../helpers/competitors-fixture.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { usualDay, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(over: Partial<MoveRow>) {
  const [first] = usualDay.competitors;
  if (!first) throw new Error('the fixture has no move');
  const store = createScreenStore(fixtureNow);
  const competitors = { ...competitorsFixture, leadMove: { move: { ...first, ...over }, days: 1 as const } };
  store.setState({ workspace: usualWorkspace, views: { competitors }, phase: 'live', now: fixtureNow });
  const page = document.createElement('div');
  await act(async () => createRoot(page).render(<ScreenContext value={store}>{<LeadMoveBody />}</ScreenContext>));
  const text = (part: string) => page.querySelector(part)?.textContent ?? null;
  // Without a figure the title stands in its place, in letters of its size.
  return {
    figure: text('.lead-change'),
    prices: text('.lead-prices'),
    titleIsLarge: page.querySelector('.lead-story:nth-child(2)') !== null,
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
