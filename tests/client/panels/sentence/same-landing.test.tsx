// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { SentenceBody } from '../../../../client/panels/sentence/sentence.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** What the scene shows while the panel beside the sentence tells this landing and the sentence an older one. Ends are told from the day's plan, minor units. */
async function drawn(low: number, high: number): Promise<HTMLElement> {
  await startLanguage('?lang=zh-CN');
  const { sentence, today } = scenarios.usual;
  if (!sentence?.landing || !today.landing || !today.target) throw new Error('a day with a landing');
  const store = createScreenStore(fixtureNow);
  const landing = { ...today.landing, low: today.target + low, high: today.target + high };
  const stale = { ...sentence, landing: { low: 1_000_000, high: 2_000_000, against: 'below' as const } };
  store.setState({
    workspace: usualWorkspace,
    views: { overview: { ...scenarios.usual, today: { ...today, landing }, sentence: stale } },
    phase: 'live',
  });
  const element = document.createElement('div');
  await act(async () =>
    createRoot(element).render(
      <ScreenContext value={store}>
        <SentenceBody />
      </ScreenContext>,
    ),
  );
  return element;
}

it('[SE1] the sentence tells the landing that stands beside it, also while its own group is some seconds older', async () => {
  const element = await drawn(1_000_000, 3_000_000);
  expect(element.textContent).toContain('超计划');
  expect(element.querySelector('.sentence-range')?.textContent).toBe('127–129万');
});

it('[SE2] the sentence tells no landing that may be far above the plan or far below', async () => {
  const element = await drawn(-100_000_000, 100_000_000);
  expect(element.querySelector('.sentence-range')).toBeNull();
  expect(element.textContent).toContain('要管的就一件');
});
