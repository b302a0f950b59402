/**
 * What the demo's people say in their stand-up: promises for every day of the week, what became of them, and what waits for
 * other departments. All of it follows from the day, so that it can be said again after a restart.
 */
import type { ItemDocument, PromiseCommand, PromiseDocument } from '../../../shared/standup/types.ts';
import { randomFor } from './random.ts';
import { DAY_MS, MINUTE_MS, type DemoWorld } from './world.ts';

/** One thing that is said at a time, UTC ms. `key` is its commandId; an answer names the key of what it is about. */
export type StandupStep = { readonly at: number; readonly key: string } & (
  | { readonly kind: 'promise'; readonly document: PromiseDocument }
  | { readonly kind: 'item'; readonly document: ItemDocument }
  | { readonly kind: 'answer'; readonly of: string; readonly command: AnswerCommand }
  | { readonly kind: 'close'; readonly of: string; readonly note: string; readonly actor: string }
);

/** A command without what only the moment of saying it knows. */
type Unsaid<C> = C extends unknown ? Omit<C, 'commandId' | 'expectedVersion'> : never;
type AnswerCommand = Unsaid<PromiseCommand>;

/** Who leads the meeting and writes down what is promised. */
const LEAD = '周屿';
/** As far back as the oldest matter that may still wait. */
const DAYS_BACK = 12;
const ON_WORKDAYS = 6;
const AT_WEEKENDS = 3;

/** So many that what is moved by two days meets none of its kind there. */
const promises = [
  { who: '林悦', what: '差评回访单发给客服', shortName: '差评回访单', department: '公关', time: '10:00' },
  { who: '陈放', what: '下一场大促的达人排期', shortName: '达人排期', department: '投放', time: '12:00' },
  { who: '许诺', what: '大促主视觉定稿', shortName: '主视觉定稿', department: '设计部', time: '15:00' },
  { who: '何晚', what: '行业趋势简报', shortName: '趋势简报', department: '市场', time: '17:30' },
  { who: '周屿', what: '客户拜访纪要', shortName: '拜访纪要', department: '市场', time: '18:00' },
  { who: '苏晴', what: '上一场大促 ROI 分析', shortName: 'ROI 分析', department: '公关', time: '23:30' },
  { who: '何敏', what: '小程序会员日文案', shortName: '会员日文案', department: '内容', time: '11:00' },
  { who: '罗岩', what: '华东门店陈列巡检', shortName: '门店巡检', department: '门店', time: '16:00' },
  { who: '陈放', what: '信息流素材换新', shortName: '素材换新', department: '投放', time: '14:30' },
  { who: '林悦', what: '测评博主名单核对', shortName: '博主名单', department: '公关', time: '19:00' },
  { who: '何敏', what: '三条短视频脚本', shortName: '视频脚本', department: '内容', time: '20:00' },
  { who: '罗岩', what: '门店缺货清单', shortName: '缺货清单', department: '门店', time: '10:30' },
  { who: '许诺', what: '详情页首屏改版', shortName: '详情页首屏', department: '设计部', time: '13:30' },
  { who: '何晚', what: '季度预算复核', shortName: '预算复核', department: '市场', time: '15:30' },
  { who: '林悦', what: '媒体答复口径', shortName: '答复口径', department: '公关', time: '16:30' },
  { who: '苏晴', what: '老客回访名单', shortName: '回访名单', department: '公关', time: '18:30' },
  { who: '陈放', what: '关键词出价调整', shortName: '出价调整', department: '投放', time: '21:00' },
] as const;

/** Of each department its matters come in turn. Those of the first two last until the next has been raised, so that something always waits. */
const items = [
  {
    ...{ department: '供应链', contact: '赵启', every: 9, lasts: 9 },
    matters: [
      { matter: 'X5 缺 1,200 台', effect: '月底断货', note: '补货已到仓' },
      { matter: '礼盒内衬短缺', effect: '礼盒发不出', note: '内衬已补齐' },
    ],
  },
  {
    ...{ department: '财务', contact: '孙宁', every: 11, lasts: 11 },
    matters: [
      { matter: '达人尾款未付', effect: '达人不肯排期', note: '尾款已付' },
      { matter: '投放充值待批', effect: '余额只够三天', note: '已批' },
    ],
  },
  {
    ...{ department: '设计部', contact: '许诺', every: 7, lasts: 5 },
    matters: [
      { matter: '主视觉未给图', effect: '卡住大促预热页', note: '主视觉已定稿' },
      { matter: '详情页未改', effect: '转化页还是旧价', note: '详情页已换' },
    ],
  },
  {
    ...{ department: '法务', contact: '沈一', every: 5, lasts: 3 },
    matters: [
      { matter: '旧机回收条款', effect: '卡住以旧换新', note: '条款已审完' },
      { matter: '代言合同用印', effect: '海报不能上', note: '已用印' },
    ],
  },
  {
    ...{ department: '客服', contact: '罗衡', every: 3, lasts: 2 },
    matters: [
      { matter: '退换话术更新', effect: '退货高峰要用', note: '话术已上线' },
      { matter: '夜班缺两人', effect: '夜里回复要等', note: '已排班' },
    ],
  },
] as const;

/** Everything that has been said by `now`, in order. */
export function standupSteps(world: DemoWorld, now: number): StandupStep[] {
  const today = world.calendar.dayOf(now);
  const days = Array.from({ length: DAYS_BACK + 2 }, (_, i) => today - DAYS_BACK + i);
  return days
    .flatMap((day) => [...promisesOf(world, day), ...itemsOf(world, day)])
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

function promisesOf(world: DemoWorld, day: number): StandupStep[] {
  const { calendar, seed } = world;
  const start = calendar.startOfDay(day);
  const count = isWeekend(day) ? AT_WEEKENDS : ON_WORKDAYS;
  const random = randomFor(seed, 'standup', day);
  return Array.from({ length: count }, (_, i) => promises[(day * ON_WORKDAYS + i) % promises.length] ?? promises[0]).flatMap(
    ({ who, what, shortName, department, time }, i): StandupStep[] => {
      const key = `demo-promise-${day}-${i}`;
      const dueAt = start + minutesOf(time) * MINUTE_MS;
      const due = { day: calendar.formatDay(day), time };
      const entered = calendar.startOfDay(day - 1) + (9 * 60 + 15 + i) * MINUTE_MS;
      const document = { commandId: key, actor: LEAD, who, what, shortName, department, due };
      const said = { key: `${key}-answer`, kind: 'answer', of: key } as const;
      const moved = calendar.startOfDay(day + 2) + 17 * 60 * MINUTE_MS;
      const keptAfterAll: StandupStep = { ...said, key: `${key}-kept`, at: moved, command: { actor: who, type: 'keep' } };
      return [{ at: entered, key, kind: 'promise', document }, outcome(i), ...(i === 2 ? [keptAfterAll] : [])];

      /** Of every day one is missed, one moved and one answered only in the next morning's meeting; nearly all others are kept. */
      function outcome(place: number): StandupStep {
        if (place === 1) return { ...said, at: dueAt + 40 * MINUTE_MS, command: { actor: who, type: 'miss', reason: '等上游素材' } };
        if (place === 2) {
          const to = { day: calendar.formatDay(day + 2), time: '18:00' };
          return { ...said, at: dueAt - 90 * MINUTE_MS, command: { actor: who, type: 'move', reason: '对方改了时间', due: to } };
        }
        const inTheMorning = place === 0 && meetingOf(day + 1) > dueAt;
        const at = inTheMorning ? meetingOf(day + 1) : dueAt - random.between(5, 45) * MINUTE_MS;
        return { ...said, at, command: { actor: inTheMorning ? LEAD : who, type: 'keep' } };
      }
    },
  );

  /** When the meeting of a day has come to the promises. */
  function meetingOf(of: number): number {
    return calendar.startOfDay(of) + (9 * 60 + 12) * MINUTE_MS;
  }
}

function itemsOf({ calendar }: DemoWorld, day: number): StandupStep[] {
  const at = calendar.startOfDay(day) + (8 * 60 + 40) * MINUTE_MS;
  return items.flatMap(({ department, contact, every, lasts, matters }, i): StandupStep[] => {
    if ((day + i) % every !== 0) return [];
    const key = `demo-item-${day}-${i}`;
    const { matter, effect, note } = matters[((day + i) / every) % matters.length] ?? matters[0];
    const document = { commandId: key, actor: LEAD, department, contact, matter, effect };
    return [
      { at: at + i * MINUTE_MS, key, kind: 'item', document },
      { at: at + lasts * DAY_MS + 7 * 60 * MINUTE_MS, key: `${key}-close`, kind: 'close', of: key, note, actor: contact },
    ];
  });
}

/** Monday 0 … Sunday 6; day 0 was a Thursday. */
const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 > 4;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
