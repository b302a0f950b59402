/** What the time of the year is called: the node each fortnight sells for, and the season. */
import type { Calendar } from '../time/calendar.ts';

/** From the first of January on. */
export const nodes = [
  ...['元旦', '年货节', '春节', '情人节', '女王节', '春季上新', '踏青', '会员周', '五一', '母亲节', '儿童节', '618', '父亲节'],
  ...['夏日冰咖', '暑期', '立秋', '七夕', '开学季', '中秋', '国庆', '秋日上新', '双11预售', '双11', '感恩节', '双12', '圣诞'],
] as const;

/** 0 … 25. */
export function fortnightOf(calendar: Calendar, day: number): number {
  const newYear = calendar.parseDay(`${calendar.formatDay(day).slice(0, 4)}-01-01`) ?? day;
  return Math.min(nodes.length - 1, Math.floor((day - newYear) / 14));
}

const seasons = ['冬日', '冬日', '春日', '春日', '春日', '夏日', '夏日', '夏日', '秋日', '秋日', '冬日', '冬日'] as const;
export function seasonOf(calendar: Calendar, day: number): string {
  return seasons[Number(calendar.formatDay(day).slice(5, 7)) - 1] ?? '';
}
