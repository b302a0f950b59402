/**
 * The one list of nodes: the days of the year about which a Chinese market plans. A node is its own day and the days
 * about it that belong to it, above all the run-up. Where two nodes claim a day, the one that stands first has it.
 */
import { DAY_MS } from '../time/calendar.ts';
import type { Almanac } from './almanac.ts';

export interface Node {
  readonly id: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  /** Days before and after its own day that belong to it. */
  readonly before: number;
  readonly after: number;
  /** Its own day in a year. */
  day(year: number, almanac: Almanac): number;
}

const fixed = (month: number, day: number) => (year: number) => Date.UTC(year, month - 1, day) / DAY_MS;
const lunar = (month: number, day: number) => (year: number, almanac: Almanac) => almanac.lunarDay(year, month, day);

export const nodes = [
  // From the buying of New Year's goods to the Lantern Festival. Counted from New Year's Day, because the last lunar month has 29 or 30 days.
  { id: 'spring_festival', name: { 'zh-CN': '春节', en: 'Spring Festival' }, before: 21, after: 14, day: lunar(1, 1) },
  { id: 'double_11', name: { 'zh-CN': '双11', en: 'Double 11' }, before: 21, after: 1, day: fixed(11, 11) },
  { id: 'mid_year_618', name: { 'zh-CN': '618', en: '618' }, before: 18, after: 2, day: fixed(6, 18) },
  { id: 'national_day', name: { 'zh-CN': '国庆', en: 'National Day' }, before: 2, after: 7, day: fixed(10, 1) },
  { id: 'labour_day', name: { 'zh-CN': '五一', en: 'Labour Day' }, before: 2, after: 4, day: fixed(5, 1) },
  { id: 'double_12', name: { 'zh-CN': '双12', en: 'Double 12' }, before: 6, after: 0, day: fixed(12, 12) },
  { id: 'womens_day', name: { 'zh-CN': '女神节', en: 'Women’s Day' }, before: 7, after: 0, day: fixed(3, 8) },
  { id: 'new_year', name: { 'zh-CN': '元旦', en: 'New Year' }, before: 1, after: 2, day: fixed(1, 1) },
  { id: 'mid_autumn', name: { 'zh-CN': '中秋', en: 'Mid-Autumn' }, before: 10, after: 1, day: lunar(8, 15) },
  { id: 'dragon_boat', name: { 'zh-CN': '端午', en: 'Dragon Boat' }, before: 3, after: 2, day: lunar(5, 5) },
  { id: 'qixi', name: { 'zh-CN': '七夕', en: 'Qixi' }, before: 6, after: 0, day: lunar(7, 7) },
  { id: 'may_20', name: { 'zh-CN': '520', en: '520' }, before: 5, after: 0, day: fixed(5, 20) },
  { id: 'valentine', name: { 'zh-CN': '情人节', en: 'Valentine’s Day' }, before: 6, after: 0, day: fixed(2, 14) },
  {
    id: 'qingming',
    name: { 'zh-CN': '清明', en: 'Tomb-sweeping Day' },
    before: 1,
    after: 2,
    day: (year, almanac) => almanac.qingming(year),
  },
] as const satisfies readonly Node[];

export type NodeId = (typeof nodes)[number]['id'];
