// @vitest-environment happy-dom
/** Promises due today on the overview: as many rows as have room, the others counted in the title line. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { promises } from '../../../../client/panels/promises/panel.ts';
import { PanelFrame } from '../../../../client/panels/panel-frame.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { usualDay, usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(shown: typeof usualDay.promises) {
  const store = createScreenStore(Date.parse('2026-11-23T14:30:00+08:00'));
  store.setState({ workspace: usualWorkspace, views: { overview: { ...usualDay, promises: shown } }, phase: 'live' });
  const page = document.createElement('div');
  await act(async () => createRoot(page).render(<ScreenContext value={store}>{<PanelFrame panel={promises} />}</ScreenContext>));
  return { rows: page.querySelectorAll('.due').length, note: page.querySelector('.panel-note')?.textContent };
}

it('[S7] four rows have no room below a sentence of two lines: three are drawn and the others counted', async () => {
  const { rows } = usualDay.promises;
  expect(rows.length).toBeGreaterThan(3);
  expect(await drawn({ rows, owed: 4, kept: 2, missed: 0, total: 6 })).toEqual({ rows: 3, note: '欠 4 另有 3' });
  expect(await drawn({ rows: rows.slice(0, 3), owed: 3, kept: 0, missed: 0, total: 3 })).toEqual({ rows: 3, note: '欠 3 兑现 0' });
});
