// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { OwnDay } from '../../../../client/panels/today/own-day.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../../client/state/screen-store.ts';
import { usualWorkspace } from '../../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

it('[S6] figures of another day than the clock shows carry their own', async () => {
  await startLanguage('?lang=zh-CN');
  const store = createScreenStore(Date.parse('2026-11-30T23:59:59.500+08:00'));
  store.setState({ workspace: usualWorkspace });
  const element = document.createElement('div');
  await act(async () =>
    createRoot(element).render(
      <ScreenContext value={store}>
        <OwnDay day="2026-11-30" />
      </ScreenContext>,
    ),
  );
  expect(element.textContent).toBe('');
  await act(async () => store.setState({ now: Date.parse('2026-12-01T00:00:00.200+08:00') }));
  expect(element.textContent).toBe('11月30日 的数');
});
