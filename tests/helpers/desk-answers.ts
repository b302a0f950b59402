/** What the desk of PR asks for besides the stories themselves: spread, exposure, drafts, roster, ladder, brands. */
import type { IncidentExposure } from '../../shared/incidents/exposure.ts';
import type { IncidentSpread } from '../../shared/incidents/spread.ts';
import { defaultLadder } from '../../shared/incidents/ladder.ts';
import type { Roster } from '../../shared/incidents/roster.ts';
import { fixtureNow } from './fixture-now.ts';

const HOUR_MS = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

export const rosterFixture: Roster = {
  people: ['林悦', '周屿', '苏棠', '陈放'].map((name, i) => ({
    id: `p-${i + 1}`,
    name,
    roles: i < 2 ? ['duty', 'backup'] : ['lead', 'director'],
    contacts: [],
  })),
  shifts: [
    { role: 'duty', person: 'p-1', from: iso(fixtureNow - 4 * HOUR_MS), to: iso(fixtureNow + 3.5 * HOUR_MS) },
    { role: 'backup', person: 'p-2', from: iso(fixtureNow - 4 * HOUR_MS), to: iso(fixtureNow + 9.5 * HOUR_MS) },
    { role: 'lead', person: 'p-3', from: iso(fixtureNow - 4 * HOUR_MS), to: iso(fixtureNow + 20 * HOUR_MS) },
  ],
};

export const spreadFixture: IncidentSpread = {
  platforms: [
    { platform: '抖音', mentions: 53 },
    { platform: '小红书', mentions: 46 },
    { platform: '微博', mentions: 18 },
    { platform: '黑猫', mentions: 6 },
    { platform: '知乎', mentions: 5 },
  ],
  hours: [2, 5, 9, 14, 22, 31, 45].map((mentions, i) => ({
    at: Math.floor(fixtureNow / HOUR_MS) * HOUR_MS - (6 - i) * HOUR_MS,
    mentions,
  })),
  recent: { mentions: 25, platform: '抖音', ofPlatform: 15 },
};

export const exposureFixture: IncidentExposure = {
  sku: 'X5 全自动',
  asOf: fixtureNow,
  dueAt: fixtureNow + 576_000,
  campaigns: [
    ['C-1', '感恩节 X5 专场', '苏棠', 'burst', 6, 10, 5_800],
    ['C-2', '老客以旧换新', '何晚', 'burst', 23, 30, 1_100],
    ['C-3', '双12 全民焕新', '陈放', 'warmup', 4, 15, 900],
  ].map(([campaignId, name, owner, phase, phaseDay, phaseDays, perMinute]) => ({
    campaignId: String(campaignId),
    name: String(name),
    owner: String(owner),
    phase: String(phase),
    phaseDay: Number(phaseDay),
    phaseDays: Number(phaseDays),
    perMinute: Number(perMinute),
    basis: 'spend' as const,
    netSales: 18_600_000,
    suggestion: null,
  })),
  perMinute: 7_800,
  untilDeadline: 78_000,
  revenueAtRisk: 55_800_000,
};

export interface DeskAnswersOptions {
  readonly ownBrands?: readonly string[];
  readonly roster?: Roster | null;
}

const policy = (name: string, value: unknown) => ({
  status: 200,
  body: { name, value, version: 1, owner: '林悦', reason: '首次', effectiveFrom: fixtureNow, history: [] },
});

/** Answers the reads of the desk that are no stories; drafts are kept as long as the answers are. */
export function deskAnswers({ ownBrands = ['山澜'], roster = rosterFixture }: DeskAnswersOptions = {}) {
  const drafts = new Map<string, { text: string; links: readonly string[]; updatedAt: number }>();
  let clock = fixtureNow;
  return (method: string, path: string, body: unknown, query: URLSearchParams): { status: number; body: unknown } | undefined => {
    if (path === '/api/policies/brands') return policy('brands', { own: ownBrands, tracked: [] });
    if (path === '/api/policies/ladder') return policy('ladder', defaultLadder);
    if (path === '/api/policies/roster')
      return roster === null ? { status: 404, body: { code: 'not_found', detail: 'none' } } : policy('roster', roster);
    const [, id, part] = /^\/api\/incidents\/([^/]+)\/(draft|spread|exposure)$/u.exec(path) ?? [];
    if (part === 'spread') return { status: 200, body: spreadFixture };
    if (part === 'exposure') return { status: 200, body: exposureFixture };
    if (part !== 'draft' || id === undefined) return undefined;
    if (method === 'PUT') {
      const { person, text, links } = Object(body);
      clock += 1_000;
      if (text === '' && links.length === 0) drafts.delete(`${id} ${person}`);
      else drafts.set(`${id} ${person}`, { text, links, updatedAt: clock });
    }
    return { status: 200, body: { draft: drafts.get(`${id} ${query.get('person')}`) ?? null, others: [] } };
  };
}
