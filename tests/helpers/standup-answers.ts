/** What GET /api/standup answers on the fixtures' day, for pages that are looked at without a server. */
import type { DueRow, StandupDay, StandupItem, StandupMinutes } from '../../shared/standup/types.ts';
import { fixtureNow } from './fixture-now.ts';

const DAY_MS = 86_400_000;
const at = (time: string): number => Date.parse(`${time}:00+08:00`);
const row = (id: string, who: string, what: string, due: string, rest: Partial<DueRow> = {}): DueRow => ({
  ...{
    id,
    version: 1,
    what,
    shortName: null,
    who,
    department: null,
    dueAt: at(due),
    state: 'open',
    movedTo: null,
    reason: null,
    carried: 0,
  },
  ...rest,
});
const item = (id: string, days: number, department: string, matter: string, rest: Partial<StandupItem> = {}): StandupItem => ({
  ...{ id, version: 1, department, matter, effect: '卡住双12 预热', contact: '许诺', since: fixtureNow - days * DAY_MS, state: 'open' },
  ...{ closedAt: null, closedBy: null, note: null, enteredBy: '周屿', enteredAt: fixtureNow - days * DAY_MS, ...rest },
});

const before = [
  row('p-1', '林悦', '差评回访单发给客服', '2026-11-20T10:00', { state: 'kept', department: '公关' }),
  row('p-2', '陈放', '达人报价单', '2026-11-20T18:00', { state: 'missed', reason: '等上游素材' }),
  row('p-3', '罗衡', '退款口径', '2026-11-20T20:00', { state: 'moved', movedTo: at('2026-11-25T18:00'), reason: '等财务' }),
  row('p-4', '何晚', '行业趋势简报', '2026-11-22T17:30', { carried: 1 }),
];
const today = [
  row('p-5', '林悦', '测评博主名单核对', '2026-11-23T10:00'),
  row('p-6', '陈放', '下一场大促的达人排期', '2026-11-23T18:00'),
  row('p-7', '周屿', '客户拜访纪要', '2026-11-23T18:00', { state: 'kept' }),
];
const items = [
  item('i-1', 5, '供应链', 'X5 缺 1,200 台'),
  item('i-2', 0, '客服', '退换话术更新'),
  item('i-3', 2, '法务', '旧机回收条款', { state: 'closed', closedBy: '沈一', closedAt: fixtureNow, note: '条款已审完' }),
];
const tally = { due: 4, kept: 1, missed: 1, moved: 1, open: 1 };

export const standupDayFixture: StandupDay = {
  ...{ day: '2026-11-23', timeZone: 'Asia/Shanghai', since: '2026-11-20', before: { tally, rows: before }, items },
  carried: [row('p-0', '许诺', '大促主视觉定稿', '2026-11-19T15:00', { carried: 4 })],
  today: { tally: { due: 3, kept: 1, missed: 0, moved: 0, open: 2 }, rows: today },
  later: [row('p-3', '罗衡', '退款口径', '2026-11-25T18:00')],
  ...{ people: ['林悦', '陈放', '罗衡', '何晚', '周屿', '许诺'], departments: ['供应链', '客服', '法务'] },
};
const minutes: StandupMinutes = {
  ...{ day: '2026-11-23', timeZone: 'Asia/Shanghai', since: '2026-11-20', before: { tally, rows: before }, owed: today, items },
  said: [
    {
      seq: 1,
      at: at('2026-11-23T09:05'),
      actor: '周屿',
      action: 'kept',
      detail: {},
      subject: 'promise',
      id: 'p-7',
      title: '客户拜访纪要',
      who: '周屿',
    },
  ],
  text: '晨会纪要 2026-11-23\n\n2026-11-20 以来到期 4 件：守约 1 · 失约 1 · 改期 1 · 没说 1\n- 失约：陈放 · 达人报价单（等上游素材）\n',
};

export function answerStandup(_method: string, path: string): { status: number; body: unknown } | undefined {
  if (path === '/api/standup') return { status: 200, body: standupDayFixture };
  return path === '/api/standup/minutes' ? { status: 200, body: minutes } : undefined;
}
