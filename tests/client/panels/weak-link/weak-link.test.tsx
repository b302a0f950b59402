// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { WeakLinkBody } from '../../../../client/panels/weak-link/weak-link.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { usualWorkspace } from '../../../helpers/overview-fixture.ts';
import { standupFixture } from '../../../helpers/standup-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

/** What the panel says while no stage is the weak link. */
async function said(...attainments: readonly (number | null)[]): Promise<string> {
  const stages = standupFixture.weakLink.stages.map((row, i) => ({ ...row, attainment: attainments[i] ?? null }));
  const store = createScreenStore(fixtureNow);
  store.setState({
    workspace: usualWorkspace,
    views: { standup: { ...standupFixture, weakLink: { stages, weak: null } } },
    phase: 'live',
  });
  const page = document.createElement('div');
  const root = createRoot(page);
  await act(async () =>
    root.render(
      <ScreenContext value={store}>
        <WeakLinkBody />
      </ScreenContext>,
    ),
  );
  const words = page.querySelector('.stage-why')?.textContent ?? '';
  await act(async () => root.unmount());
  return words;
}

it.each([
  [[1, 1.2, 1.02], '三段都达到目标'],
  [[1, null, 1.02], '能算的都达到目标'],
  [[0.69, null, 1.07], '有没达到目标的，合不到一位客户'],
  [[0.999, 1, 1], '有没达到目标的，合不到一位客户'],
  [[null, null, null], ''],
] as const)('[SU7] says of stages at %j no more than is so', async (attainments, words) => {
  expect(await said(...attainments)).toBe(words);
});
