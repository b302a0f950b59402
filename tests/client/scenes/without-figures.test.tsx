// @vitest-environment happy-dom
/** What the wall draws where there is no figure: groups that wait for the ledger, and sums beyond what is exact [I16]. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it, vi } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { sceneOf } from '../../../client/scenes/all.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { OverviewState } from '../../../shared/wire/views/overview.ts';
import { usualDay, usualWorkspace } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
vi.mock('../../../client/charts/echarts.ts', () => ({
  initChart: () => ({ setOption: () => undefined, resize: () => undefined, dispose: () => undefined }),
}));
beforeAll(() => startLanguage('?lang=zh-CN'));

const WAITING = '数字还在准备';
const OVERFLOW = '金额超出可精确计算的范围';

async function drawn(overview: Partial<OverviewState>) {
  const store = createScreenStore(Date.parse('2026-11-23T14:30:00+08:00'));
  store.setState({ workspace: usualWorkspace, views: { overview }, phase: 'live' });
  const page = document.createElement('div');
  document.body.append(page);
  await act(async () => createRoot(page).render(<ScreenContext value={store}>{sceneOf.overview.draw()}</ScreenContext>));
  const panel = (id: string) => page.querySelector(`[data-panel="${id}"]`);
  return { store, panel };
}

it('[S1] a panel whose groups have not come says so in words; the others are drawn, and it is too once they come', async () => {
  const { today, month, quarter, campaigns, ...there } = usualDay;
  const { store, panel } = await drawn(there);
  for (const id of ['today', 'hours', 'attainment', 'campaigns']) expect(panel(id)?.textContent, id).toContain(WAITING);
  for (const id of ['channels', 'sentiment', 'promises', 'competitors']) {
    expect(panel(id)?.textContent, id).not.toContain(WAITING);
    expect(panel(id)?.textContent, id).not.toContain('画不出来');
  }
  await act(async () => store.setState({ views: { overview: { ...there, today, month, quarter, campaigns } } }));
  for (const id of ['today', 'hours', 'attainment', 'campaigns']) expect(panel(id)?.textContent, id).not.toContain(WAITING);
  expect(panel('today')?.textContent).toContain('63.5万');
});

it('[I16] a sum beyond what is exact is a dash with the reason, and nothing fails to draw', async () => {
  const { panel } = await drawn({
    ...usualDay,
    today: { ...usualDay.today, net: null, pace: null, landing: null },
    month: { ...usualDay.month, net: null, attainment: null, pace: null, landing: null },
    hours: { ...usualDay.hours, net: usualDay.hours.net.map((net, hour) => (hour === 10 ? null : net)) },
    channels: usualDay.channels.map((row, i) => (i === 0 ? { ...row, net: null } : row)),
    campaigns: {
      total: 4,
      rows: usualDay.campaigns.rows.map((row, i) => (i === 0 ? { ...row, roi: null, spend: null, pacing: null } : row)),
    },
  });
  expect(panel('today')?.querySelector('.headline')?.textContent).toBe('—');
  expect(panel('today')?.textContent).toContain(OVERFLOW);
  expect(panel('attainment')?.textContent).toContain(OVERFLOW);
  expect(panel('channels')?.querySelector('.channel-net')?.textContent).toBe('—');
  expect(panel('channels')?.querySelector('.channel-net')?.getAttribute('title')).toBe(OVERFLOW);
  expect(panel('campaigns')?.querySelector('.campaign-roi')?.textContent).toBe('—');
  for (const id of ['today', 'hours', 'attainment', 'channels', 'campaigns'])
    expect(panel(id)?.textContent, id).not.toMatch(/画不出来|NaN/);
});
