/** Answers of the routes behind the settings of alerts: a few channels, and a roster of any size around the fixture's day. */
import type { ChannelList } from '../../shared/incidents/channels.ts';
import type { Roster } from '../../shared/incidents/roster.ts';
import { rosterRoles } from '../../shared/incidents/ladder.ts';
import { screensFixture } from './screens-fixture.ts';
import { everyPolicyDefault } from '../../shared/kpi/targets.ts';

export const someChannels: ChannelList = {
  version: 2,
  channels: [
    {
      id: 'pr-wecom',
      kind: 'wecom',
      enabled: true,
      urlSet: true,
      urlShown: 'https://qyapi.weixin.qq.com',
      secretSet: false,
      options: {},
      readable: true,
    },
    {
      id: 'mail',
      kind: 'email',
      enabled: false,
      urlSet: true,
      urlShown: 'smtps://mail.example.com',
      secretSet: true,
      options: { from: 'warroom@example.com' },
      readable: true,
    },
  ],
  history: [
    { at: 1_795_410_000_000, owner: '林悦', reason: '换群', changes: [{ id: 'pr-wecom', what: 'url' }] },
    { at: 1_795_400_000_000, owner: null, reason: null, changes: [{ id: 'mail', what: 'added' }] },
  ],
};

/** People named 甲1, 甲2 …, who take turns, a day each from 2026-11-23 on. */
export function rosterOfSize(people: number, shifts: number): Roster {
  const start = Date.parse('2026-11-22T16:00:00Z');
  const at = (day: number): string => new Date(start + day * 86_400_000).toISOString();
  return {
    people: Array.from({ length: people }, (_, i) => ({
      id: `p${String(i + 1)}`,
      name: `甲${String(i + 1)}`,
      roles: [...rosterRoles],
      contacts: [{ channel: 'pr-wecom' }],
    })),
    shifts: Array.from({ length: shifts }, (_, i) => ({
      role: rosterRoles[i % rosterRoles.length] ?? 'duty',
      person: `p${String((i % people) + 1)}`,
      from: at(Math.floor(i / rosterRoles.length)),
      to: at(Math.floor(i / rosterRoles.length) + 1),
    })),
  };
}

/** Policies as the server answers them before anybody set one, but for those of `set`. */
export function answerAlertSettings(
  path: string,
  set: Readonly<Record<string, unknown>> = { roster: rosterOfSize(4, 20) },
): { status: number; body: unknown } | undefined {
  if (path === '/api/screens') return { status: 200, body: screensFixture };
  if (path === '/api/channels') return { status: 200, body: someChannels };
  if (path === '/api/roster/gaps') {
    const from = Date.parse('2026-11-28T01:00:00Z');
    return { status: 200, body: { gaps: [{ role: 'duty', from, to: from + 9 * 3_600_000 }], contacts: [] } };
  }
  const name = /^\/api\/policies\/(\w+)$/u.exec(path)?.[1];
  if (name === undefined || !(name in everyPolicyDefault)) return undefined;
  const value = set[name] ?? Object.entries(everyPolicyDefault).find(([known]) => known === name)?.[1];
  return { status: 200, body: { name, value, version: name in set ? 1 : 0, owner: null, reason: null, effectiveFrom: null } };
}
