/** The demo's people, how they are reached and when they are on duty: two halves of each day for a month. */
import { DAY_MS, type DemoWorld } from './world.ts';

/** Channels of the demo; their deliveries are simulated, so the addresses lead nowhere. */
export const demoChannels = [
  { id: 'pr-group', kind: 'wecom', url: 'https://wecom.example.com/robot/demo', enabled: true },
  { id: 'pr-feishu', kind: 'feishu', url: 'https://feishu.example.com/robot/demo', enabled: true },
] as const;

const contacts = [{ channel: 'pr-group' }, { channel: 'pr-feishu' }];
const person = (id: string, name: string, roles: readonly ('duty' | 'backup' | 'lead' | 'director')[]) => ({ id, name, roles, contacts });
const people = [
  person('linyue', '林悦', ['duty', 'backup']),
  person('suqing', '苏晴', ['duty', 'backup']),
  person('zhouyu', '周屿', ['lead', 'backup']),
  person('hewan', '何晚', ['director']),
];

const DAYS = 31;
const HALF_MS = DAY_MS / 2;

/** From yesterday on, seen from `now`, UTC ms. */
export function demoRoster({ calendar }: DemoWorld, now: number) {
  const today = calendar.dayOf(now);
  const at = (ms: number): string => new Date(ms).toISOString();
  const shifts = Array.from({ length: DAYS }, (_, i) => calendar.startOfDay(today + i - 1)).flatMap((start, i) => {
    const end = calendar.startOfDay(today + i);
    const noon = start + HALF_MS;
    return [
      { role: 'duty', person: 'linyue', from: at(start), to: at(noon) },
      { role: 'duty', person: 'suqing', from: at(noon), to: at(end) },
      { role: 'backup', person: 'suqing', from: at(start), to: at(noon) },
      { role: 'backup', person: 'linyue', from: at(noon), to: at(end) },
      { role: 'lead', person: 'zhouyu', from: at(start), to: at(end) },
      { role: 'director', person: 'hewan', from: at(start), to: at(end) },
    ] as const;
  });
  return { people, shifts };
}
