// @vitest-environment happy-dom
/** A workspace nothing has come to: four steps in words of people, instead of empty panels that speak of events. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { sceneOf } from '../../../client/scenes/all.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { Screen } from '../../../client/state/screen-store.ts';
import { eventDefinitions } from '../../../shared/events/registry.ts';
import { streams } from '../../../shared/wire/constants.ts';
import type { StreamFreshness } from '../../../shared/wire/freshness.ts';
import { scenarios, workspaces } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

const never: readonly StreamFreshness[] = streams.map((stream) => ({
  ...{ stream, lastReceivedAt: null, lastOccurredAt: null, aliveAt: null, budgetMs: 60_000, usualSilenceMs: null },
}));

async function drawn(screen: Partial<Screen>): Promise<HTMLElement> {
  const store = createScreenStore(Date.parse('2026-11-23T14:30:00+08:00'));
  store.setState({ workspace: workspaces.empty, views: { overview: scenarios.empty }, streams: never, phase: 'live', ...screen });
  const page = document.createElement('div');
  document.body.append(page);
  await act(async () => createRoot(page).render(<ScreenContext value={store}>{sceneOf.overview.draw()}</ScreenContext>));
  return page;
}
const steps = (page: HTMLElement) =>
  [...page.querySelectorAll('.first-steps li')].map((row) => [row.querySelector('a')?.getAttribute('href'), row.className]);

it('shows four steps with their state and where each is done, and no panel', async () => {
  const page = await drawn({ problems: ['no_alert_channel'], workspace: { ...workspaces.empty, brandsSet: false } });
  expect(steps(page)).toEqual([
    ['/settings/brands', 'open'],
    ['/settings/targets', 'open'],
    ['/settings', 'open'],
    ['/settings/channels', 'open'],
  ]);
  expect(page.querySelectorAll('[data-panel]')).toHaveLength(0);
  const done = await drawn({ workspace: { ...workspaces.empty, brandsSet: true } });
  expect(steps(done).map(([, state]) => state)).toEqual(['done', 'open', 'open', 'done']);
});

it('speaks of no event by its name, in either language', async () => {
  for (const language of ['?lang=zh-CN', '?lang=en']) {
    await startLanguage(language);
    const text = (await drawn({})).textContent ?? '';
    expect(text.length).toBeGreaterThan(20);
    for (const { type } of eventDefinitions) expect(text).not.toContain(type);
  }
  await startLanguage('?lang=zh-CN');
});

it('gives way to the scene with the first event, also where the money is still nought', async () => {
  const streamsNow = never.map((stream, i) => (i === 0 ? { ...stream, lastReceivedAt: 1, lastOccurredAt: 1 } : stream));
  const page = await drawn({ streams: streamsNow });
  expect(page.querySelector('.first-steps')).toBeNull();
  expect(page.querySelectorAll('[data-panel]').length).toBeGreaterThan(5);
});
