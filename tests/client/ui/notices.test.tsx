// @vitest-environment happy-dom
/** What the line of problems says: first that alerts reach nobody, then the rest, and how many have no room. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../client/i18n/setup.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore, type Screen } from '../../../client/state/screen-store.ts';
import { Notices } from '../../../client/ui/notices.tsx';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { usualWorkspace } from '../../helpers/overview-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(screen: Partial<Screen>, most?: number) {
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, phase: 'live', ...screen });
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <ScreenContext value={store}>
        <Notices {...(most === undefined ? {} : { most })} />
      </ScreenContext>,
    ),
  );
  return page;
}
const problems = (page: Element): (string | null)[] =>
  [...page.querySelectorAll('[data-problem]')].map((notice) => notice.getAttribute('data-problem'));

it('alerts that reach nobody are told first and in red, whatever else is wrong', async () => {
  const page = await drawn({ problems: ['ledger_behind', 'alerts_undelivered'], phase: 'amber' });
  const [first] = page.querySelectorAll('.notice');
  expect(first?.getAttribute('data-problem')).toBe('alerts_undelivered');
  expect(first?.className).toContain('fire');
  expect(first?.getAttribute('role')).toBe('alert');
  expect(first?.textContent).toBe('告警送不出去，请直接叫人');
});

it('a workspace whose alerts have no way to go says so in amber, and so does a failed self-test', async () => {
  const page = await drawn({ problems: ['watchdog_failed', 'no_alert_channel'] });
  expect(problems(page)).toEqual(['no_alert_channel', 'watchdog_failed']);
  expect([...page.querySelectorAll('.notice')].every(({ className }) => className.includes('marked'))).toBe(true);
});

it('hours with nobody on duty are told by the business zone, on a desk with their end and how many follow', async () => {
  const rosterGap = { from: Date.parse('2026-11-28T01:00:00Z'), to: Date.parse('2026-11-28T10:00:00Z'), more: 2 };
  expect((await drawn({ rosterGap })).textContent).toBe('值班缺口 11月28日 09:00–18:00，另有 2 段');
  expect((await drawn({ rosterGap }, 2)).textContent).toBe('值班缺口 11月28日 09:00 起');
});

it('what has no room is counted', async () => {
  const page = await drawn({ problems: ['alerts_undelivered', 'no_alert_channel', 'watchdog_failed'], quarantinedMentions: 3 }, 2);
  expect(problems(page)).toEqual(['alerts_undelivered', 'quarantine']);
  expect(page.querySelector('.notice-more')?.textContent).toBe('另 2 项');
});

it('a demo whose past is on its way says so in words, behind everything that needs somebody and without a colour', async () => {
  const page = await drawn({ problems: ['history_loading', 'no_alert_channel'] });
  expect(problems(page)).toEqual(['no_alert_channel', 'history_loading']);
  const [, line] = page.querySelectorAll('.notice');
  expect(line?.className).toContain('calm');
  expect(line?.querySelector('svg')).toBeNull();
  expect(line?.textContent).toBe('历史载入中：月、季、活动、客户的数还不全');
});
