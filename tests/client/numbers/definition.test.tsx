// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DescriptionsProvider } from '../../../client/desk-kit/descriptions.tsx';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { Definition } from '../../../client/numbers/definition.tsx';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { usualWorkspace } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => {
  // The descriptions of the KPIs stay on their way.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  return startLanguage('?lang=zh-CN');
});
afterAll(() => vi.unstubAllGlobals());

const pace: KpiValue = {
  ...{ kpi: 'sales_pace', dimension: { channel: '天猫' }, value: 1.2, unit: 'ratio', numerator: 120, denominator: 100 },
  ...{ period: { grain: 'day', start: '2026-11-11', end: '2026-11-12' }, state: 'live', sample: 40, ruleVersion: 1 },
};

it.each([
  [{}, '', '计划怎么分'],
  [{ curve: 'even' }, '均摊', '节点日'],
  [{ curve: 'learnt' }, '按过去的日子学得', '节点日'],
  [{ curve: 'learnt', nodesFrom: 'whole' }, '按整体的历史', '按自己的历史'],
  [{ curve: 'learnt', nodesFrom: 'own' }, '按自己的历史', '按整体的历史'],
] as const)('says how the plan is spread and whose past the days of nodes come from: %j', async (more, said, unsaid) => {
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace });
  const place = document.createElement('div');
  const root = createRoot(place);
  await act(async () => {
    root.render(
      <ScreenContext value={store}>
        <DescriptionsProvider>
          <Definition value={{ ...pace, ...more }} />
        </DescriptionsProvider>
      </ScreenContext>,
    );
  });
  expect(place.textContent).toContain(said);
  expect(place.textContent).not.toContain(unsaid);
  await act(async () => root.unmount());
});
