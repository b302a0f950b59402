// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { CampaignTable } from '../../../client/director/campaign-table.tsx';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import { campaignPage, type CampaignRow } from '../../../shared/kpi/campaigns.ts';
import { answerCampaigns, campaignRows } from '../../helpers/campaigns-fixture.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { usualWorkspace } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(rows: readonly CampaignRow[]): Promise<string> {
  const { rows: _few, next: _none, ...head } = campaignPage.parse(answerCampaigns('/api/campaigns')?.body);
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, phase: 'live' });
  const page = document.createElement('div');
  document.body.append(page);
  const nothing = new Set<string>();
  const root = createRoot(page);
  await act(async () =>
    root.render(
      <ScreenContext value={store}>
        <CampaignTable
          list={{ head: { ...head, totalRows: rows.length }, rows }}
          {...{ changed: nothing, hidden: nothing, pinned: nothing, folded: nothing, grouping: null, alone: false, opened: null }}
          {...{ sort: '-spend', phase: 'open', query: { basis: 'cash', period: null } }}
          {...{ sortAgain: () => undefined, onChoose: () => undefined, again: () => undefined }}
        />
      </ScreenContext>,
    ),
  );
  const text = page.textContent ?? '';
  await act(async () => root.unmount());
  page.remove();
  return text;
}

it.each([3, 99, 100, 150])('says what is listed, what belongs to none and the whole below %i campaigns', async (count) => {
  const [first] = campaignRows;
  if (!first) throw new Error('the fixture holds no campaign');
  const text = await drawn(Array.from({ length: count }, (_, i) => ({ ...first, campaignId: `C-${String(i)}` })));
  expect(text).toContain(`所列 ${String(count)} 个`);
  expect(text).toMatch(/未归属.*全部341\.3万/u);
});
