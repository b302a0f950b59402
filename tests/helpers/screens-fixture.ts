/** A list of screens in every state, and red stories that were shown, not shown, and called for. */
import type { ScreenList, ScreenView } from '../../shared/screens/screen-report.ts';
import { fixtureNow } from './fixture-now.ts';

const DAY_MS = 86_400_000;
const BUILD = '0.2.0+1a2b3c4d';

const screen = (id: number, change: Partial<ScreenView>, agoMs = 0): ScreenView => ({
  ...{ id: `page-0000000${id}`, name: null, state: 'painting', registeredAt: fixtureNow - 9 * DAY_MS, seenAt: fixtureNow - agoMs },
  ...{ scene: 'overview', paintedAt: fixtureNow - agoMs, behindMs: 0, build: BUILD, size: [1_920, 1_080, 1], red: 0 },
  ...change,
});

export const screensFixture: ScreenList = {
  now: fixtureNow,
  build: BUILD,
  screens: [
    screen(1, { name: '前台大屏', red: 1 }, 2_000),
    screen(2, { name: '会议室电视（三楼东）', state: 'frozen', scene: 'sentiment', size: [3_840, 2_160, 2] }, 42_000),
    screen(3, { name: '走廊', state: 'frozen', behindMs: 75_000 }, 1_000),
    screen(4, { name: '仓库', state: 'offline', behindMs: null, build: '0.1.9+aaaaaaaa', scene: 'competitors' }, 2 * DAY_MS),
    screen(5, { state: 'hidden', size: [1_440, 900, 2] }, 12_000),
    screen(6, { size: [1_280, 720, 1.5], scene: 'attic' }, 1_000),
    screen(7, { state: 'offline', scene: null, paintedAt: null, behindMs: null, build: null, size: null }, 20 * DAY_MS),
  ],
  total: 7,
  limit: 500,
  paintBudgetMs: 60_000,
  red: [
    { incidentId: 'i-17', code: 'A17', title: 'X5 漏水', redSince: fixtureNow - 180_000, paintedAt: fixtureNow - 178_000, calledAt: null },
    {
      ...{ incidentId: 'i-18', code: 'A18', title: '客服辱骂录音，多平台转发，要求下架并赔偿' },
      ...{ redSince: fixtureNow - 240_000, paintedAt: null, calledAt: fixtureNow - 180_000 },
    },
  ],
};
