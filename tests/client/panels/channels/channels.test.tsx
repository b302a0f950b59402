// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { ChannelsBody, ChannelsNote } from '../../../../client/panels/channels/channels.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import type { PlanCurve } from '../../../../shared/kpi/types.ts';
import type { ChannelRow } from '../../../../shared/wire/views/overview.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

const row = (channel: string, curve: PlanCurve | null): ChannelRow => ({
  ...{ channel, others: 0, net: 4_000_000, curve },
  ...(curve === null ? { planToNow: null, pace: null } : { planToNow: 5_000_000, pace: 0.8 }),
});

/** The note, and of each channel what stands beside its figure and whether its bar has a tick. */
async function drawn(...curves: readonly (PlanCurve | null)[]): Promise<readonly [string | undefined, ...(readonly [string, boolean])[]]> {
  const store = createScreenStore(fixtureNow);
  const channels = curves.map((curve, i) => row(`C-${String(i)}`, curve));
  store.setState({ workspace: usualWorkspace, views: { overview: { ...scenarios.usual, channels } }, phase: 'live' });
  const page = document.createElement('div');
  const root = createRoot(page);
  await act(async () =>
    root.render(
      <ScreenContext value={store}>
        <ChannelsNote />
        <ChannelsBody />
      </ScreenContext>,
    ),
  );
  const lines = [...page.querySelectorAll('.channel')].map(
    (line) => [line.querySelector('.channel-gap')?.textContent ?? '', line.querySelector('.tick') !== null] as const,
  );
  const note = page.querySelector('.panel-note')?.textContent;
  await act(async () => root.unmount());
  return [note, ...lines];
}

it('holds a channel against its plan to now, and none against a plan of no hours beside channels whose hours are known', async () => {
  expect(await drawn('learnt', 'even', null)).toEqual(['万 · 与计划差', ['−1.0', true], ['均摊', false], ['', false]]);
  expect(await drawn('by_hand', 'learnt')).toEqual(['万 · 与计划差', ['−1.0', true], ['−1.0', true]]);
});

it('says that the plans are spread evenly where all of them are', async () => {
  expect(await drawn('even', null, 'even')).toEqual(['万 · 与均摊差', ['−1.0', true], ['', false], ['−1.0', true]]);
});

it('speaks of no plan where there is none', async () => {
  expect(await drawn(null)).toEqual(['单位 万', ['', false]]);
});
