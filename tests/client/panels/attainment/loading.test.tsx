// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { AttainmentBody } from '../../../../client/panels/attainment/attainment.tsx';
import { CampaignsBody } from '../../../../client/panels/campaigns/campaigns.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { HISTORY_LOADING } from '../../../../shared/wire/constants.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { scenarios, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

it('while the past is on its way, month and quarter have no landing and nothing is marked against it', async () => {
  await startLanguage('?lang=zh-CN');
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, views: { overview: scenarios.usual }, phase: 'live', problems: [HISTORY_LOADING] });
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <ScreenContext value={store}>
        <AttainmentBody />
        <CampaignsBody />
      </ScreenContext>,
    ),
  );
  expect([...page.querySelectorAll('.attain-label')].map((label) => label.textContent)).toEqual([
    expect.stringMatching(/^历史载入中 · 目标 /u),
    expect.stringMatching(/^历史载入中 · 目标 /u),
  ]);
  expect(page.querySelectorAll('.landing, .landing-block, .marked, .low-return.filled')).toHaveLength(0);
  await act(async () => store.setState({ problems: [] }));
  expect(page.querySelectorAll('.landing')).toHaveLength(2);
  expect(page.querySelectorAll('.marked, .low-return.filled').length).toBeGreaterThan(0);
});
