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

it('[SE1] the sentence tells the landing that stands beside it, also while its own group is some seconds older', async () => {
  await startLanguage('?lang=zh-CN');
  const { sentence, today } = scenarios.usual;
  if (!sentence?.landing || !today.landing || !today.target) throw new Error('a day with a landing');
  const store = createScreenStore(fixtureNow);
  const landing = { ...today.landing, low: today.target + 1_000_000, high: today.target + 3_000_000 };
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
  expect(element.textContent).toContain('超计划');
  expect(element.querySelector('.sentence-range')?.textContent).toBe('127–129万');
});
