// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { TodayBody } from '../../../../client/panels/today/today.tsx';
import { AmberContext, amberRank, createAmberBook, MOST_AMBER } from '../../../../client/state/amber.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

it('the headline keeps its amber, however much else is marked on the wall', async () => {
  await startLanguage('?lang=zh-CN');
  const book = createAmberBook();
  for (let i = 0; i < MOST_AMBER; i += 1) book.claim({ id: `notice ${i}`, rank: amberRank.notice, place: 0 });
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, views: { overview: scenarios.usual }, phase: 'live' });
  const element = document.createElement('div');
  await act(async () =>
    createRoot(element).render(
      <ScreenContext value={store}>
        <AmberContext value={book}>
          <TodayBody />
        </AmberContext>
      </ScreenContext>,
    ),
  );
  const gap = element.querySelector('.gap');
  expect([...(gap?.classList ?? [])]).toEqual(['gap', 'marked']);
  expect(book.lit(`notice ${MOST_AMBER - 1}`)).toBe(false);
  expect(book.left()).toBe(0);
});
