/** Every text of an alert and of the page that acknowledges one, in both languages. */
import type { AlertReason, WhyPart } from '../../../shared/incidents/alert.ts';
import { DAILY_TITLE } from '../../../shared/incidents/daily-title.ts';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { ClockName } from '../../../shared/incidents/types.ts';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** What became of a link that acknowledges, as its page says it. */
export type AckState = 'ready' | 'done' | 'yours' | 'taken' | 'answered' | 'closed' | 'used' | 'expired' | 'wrong' | 'foreign' | 'failed';

export interface AlertWords {
  readonly reason: Readonly<Record<AlertReason, string>>;
  readonly grade: Readonly<Record<'blue' | 'yellow' | 'orange' | 'red', string>>;
  readonly clock: Readonly<Record<ClockName, string>>;
  left(clock: string | null, duration: string, time: string): string;
  late(clock: string | null, duration: string, time: string): string;
  duration(days: number, hours: number, minutes: number): string;
  owner(name: string): string;
  readonly unclaimed: string;
  why(text: string): string;
  because(parts: readonly WhyPart[]): string;
  /** The story that collects scattered complaints. */
  readonly daily: string;
  open(url: string): string;
  acknowledge(url: string): string;
  readonly openLabel: string;
  readonly acknowledgeLabel: string;
  held(count: number): string;
  more(count: number): string;
  readonly testText: string;
  readonly drillText: string;
  readonly ack: {
    readonly title: string;
    readonly button: string;
    readonly story: string;
    readonly text: Readonly<Record<AckState, (code: string, name: string) => string>>;
  };
}

const rolesZh: Readonly<Record<RosterRole, string>> = { duty: '值班', backup: '备岗', lead: '组长', director: '总监' };
const rolesEn: Readonly<Record<RosterRole, string>> = { duty: 'duty', backup: 'backup', lead: 'lead', director: 'director' };

function becauseZh(part: WhyPart): string {
  const named = (roles: readonly RosterRole[]): string => roles.map((role) => rolesZh[role]).join('、');
  switch (part.code) {
    case 'owner_unknown':
      return '负责人不在排班名单中或没有联系方式';
    case 'nobody_for':
      return `${named(part.roles)}无人可通知`;
    case 'instead':
      return `直接通知${named(part.roles)}`;
    case 'handed_over':
      return `${part.by} 转交`;
    case 'handed_over_unknown':
      return `${part.by} 转交给 ${part.to}，此人不在排班名单中`;
    case 'not_shown':
      return '没有任何屏幕显示过这条舆情，提前通知';
  }
}

function becauseEn(part: WhyPart): string {
  const named = (roles: readonly RosterRole[]): string => roles.map((role) => rolesEn[role]).join(', ');
  switch (part.code) {
    case 'owner_unknown':
      return 'the owner is not on the roster or has no contact';
    case 'nobody_for':
      return `nobody can be reached as ${named(part.roles)}`;
    case 'instead':
      return `so ${named(part.roles)} is told at once`;
    case 'handed_over':
      return `handed over by ${part.by}`;
    case 'handed_over_unknown':
      return `${part.by} handed it over to ${part.to}, who is not on the roster`;
    case 'not_shown':
      return 'no screen has shown this story, so you are called early';
  }
}

const zh: AlertWords = {
  reason: {
    opened: '新的负面舆情',
    unclaimed: '还没有人认领',
    unanswered: '还没有回应',
    breached: '已经超时',
    nudge: '认领后没有进展',
    withdrawn: '超时撤回：回应是及时的',
    spike: '声量突增',
    roster_gap: '值班空缺',
    digest: '提醒汇总',
    test: '测试消息',
    drill: '演练',
  },
  grade: { blue: '蓝', yellow: '黄', orange: '橙', red: '红' },
  clock: { response: '响应', disposal: '处置' },
  left: (clock, duration, time) => `${clock ?? ''}还剩 ${duration}（${time} 前）`,
  late: (clock, duration, time) => `${clock ?? ''}已超时 ${duration}（应在 ${time} 前）`,
  duration: (days, hours, minutes) =>
    days > 0 ? `${days} 天 ${hours} 小时` : hours > 0 ? `${hours} 小时 ${minutes} 分` : minutes > 0 ? `${minutes} 分钟` : '不到 1 分钟',
  owner: (name) => `负责人：${name}`,
  unclaimed: '负责人：还没有人认领',
  why: (text) => `说明：${text}`,
  because: (parts) => parts.map((part) => becauseZh(part)).join('，'),
  daily: DAILY_TITLE,
  open: (url) => `查看：${url}`,
  acknowledge: (url) => `认领：${url}`,
  openLabel: '查看',
  acknowledgeLabel: '认领',
  held: (count) => `共 ${count} 条：`,
  more: (count) => `还有 ${count} 条，见链接`,
  testText: '这是一条测试消息。看到它，就说明这个渠道可用。',
  drillText: '这是演练，不是真的舆情。',
  ack: {
    title: '认领舆情',
    button: '由我认领',
    story: '打开这条舆情',
    text: {
      ready: (code, name) => `${name}，点下面的按钮认领 ${code}。`,
      done: (code, name) => `${code} 已由你认领（${name}）。`,
      yours: (code) => `${code} 已经在你名下。`,
      taken: (code, name) => `${code} 已由${name}认领。`,
      answered: (code, name) => `${code} 已由${name}回应。`,
      closed: (code) => `${code} 已经结束。`,
      used: (code) => `这个链接已经用过，每个链接只能用一次。${code} 没有任何变化。`,
      expired: () => '这个链接已经过期。请打开这条舆情认领。',
      wrong: () => '这个链接不对，可能没有复制完整。没有任何变化。',
      foreign: () => '这里没有这条舆情：链接属于另一个作战室。',
      failed: () => '没有成功，什么都没有改变。请再试一次。',
    },
  },
};

const en: AlertWords = {
  reason: {
    opened: 'New negative story',
    unclaimed: 'Nobody has claimed it',
    unanswered: 'Not answered yet',
    breached: 'Overdue',
    nudge: 'Claimed, and no progress',
    withdrawn: 'Breach withdrawn: the answer was in time',
    spike: 'Sudden rise of mentions',
    roster_gap: 'Nobody on duty',
    digest: 'Digest of alerts',
    test: 'Test message',
    drill: 'Drill',
  },
  grade: { blue: 'blue', yellow: 'yellow', orange: 'orange', red: 'red' },
  clock: { response: 'Response', disposal: 'Disposal' },
  left: (clock, duration, time) => `${clock === null ? '' : `${clock}: `}${duration} left (until ${time})`,
  late: (clock, duration, time) => `${clock === null ? '' : `${clock}: `}${duration} late (was due ${time})`,
  duration: (days, hours, minutes) =>
    days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min` : 'less than 1 min',
  owner: (name) => `Owner: ${name}`,
  unclaimed: 'Owner: nobody yet',
  why: (text) => `Note: ${text}`,
  because: (parts) => parts.map((part) => becauseEn(part)).join('; '),
  daily: 'Scattered complaints',
  open: (url) => `Open: ${url}`,
  acknowledge: (url) => `Claim: ${url}`,
  openLabel: 'Open',
  acknowledgeLabel: 'Claim',
  held: (count) => `${count} in all:`,
  more: (count) => `and ${count} more, see the link`,
  testText: 'This is a test message. Whoever sees it knows that this channel works.',
  drillText: 'This is a drill, not a real story.',
  ack: {
    title: 'Claim a story',
    button: 'I claim it',
    story: 'Open the story',
    text: {
      ready: (code, name) => `${name}, press the button to claim ${code}.`,
      done: (code, name) => `You have claimed ${code} (${name}).`,
      yours: (code) => `${code} is yours already.`,
      taken: (code, name) => `${name} has claimed ${code}.`,
      answered: (code, name) => `${name} has answered ${code}.`,
      closed: (code) => `${code} is closed.`,
      used: (code) => `This link has been used; each link works once. Nothing changed for ${code}.`,
      expired: () => 'This link has expired. Open the story to claim it.',
      wrong: () => 'This link is not right; it may not have been copied whole. Nothing changed.',
      foreign: () => 'There is no such story here: the link belongs to another war room.',
      failed: () => 'That did not work and nothing changed. Please try again.',
    },
  },
};

export const alertWords: Readonly<Record<Language, AlertWords>> = { 'zh-CN': zh, en };
