/** Open and closed incidents for the list page, at the same moment as the overview's fixture. */
import type { KpiDefinitions } from '../../shared/kpi/definitions.ts';
import type {
  AuditLine,
  ClockView,
  IncidentDetail,
  IncidentMention,
  IncidentPage,
  IncidentView,
  MentionPage,
} from '../../shared/incidents/types.ts';
import type { IncidentsState } from '../../shared/wire/views/incidents.ts';
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import { fixtureNow } from './fixture-now.ts';
import { deskAnswers, type DeskAnswersOptions } from './desk-answers.ts';
import { unjudged } from '../../shared/incidents/severity.ts';
import { plainView } from './incident-fields.ts';

const minutes = (n: number): number => n * 60_000;

function clocks(dueAt: number, rest: Partial<ClockView> = {}): readonly ClockView[] {
  const startedAt = dueAt - minutes(120);
  const base = { generation: 1, startedAt, state: 'armed' as const, firedAt: null, latenessMs: null, stoppedAt: null, pausedMs: 0 };
  return [
    { ...base, name: 'response', dueAt, ...rest },
    { ...base, name: 'disposal', dueAt: startedAt + minutes(1440) },
  ];
}

function incident(id: string, title: string, leftMs: number, rest: Partial<IncidentView> = {}): IncidentView {
  const dueAt = fixtureNow + leftMs;
  const detectedAt = dueAt - minutes(120);
  return {
    id,
    code: `A${id.slice(2)}`,
    version: 1,
    status: 'open',
    title,
    brand: '山澜',
    storyId: `S-${id}`,
    openedAt: detectedAt + 900,
    publishedAt: detectedAt - minutes(13),
    detectedAt,
    owner: null,
    mentionCount: 4,
    platforms: ['知乎'],
    platformCount: rest.platforms?.length ?? 1,
    reach: 31_000,
    response: null,
    clocks: clocks(dueAt),
    ...plainView(detectedAt - minutes(13), detectedAt, detectedAt + 900),
    ...rest,
  };
}

const leak = incident('i-17', 'X5 漏水视频', minutes(9) + 36_000, {
  status: 'claimed',
  owner: '林悦',
  version: 3,
  mentionCount: 128,
  platforms: ['抖音', '小红书', '微博', '黑猫', '知乎'],
  reach: 864_000,
  topic: 'quality',
  product: 'X5 全自动',
  hops: {
    publishedAt: fixtureNow - minutes(124),
    detectedAt: fixtureNow - minutes(110),
    receivedAt: fixtureNow - minutes(110) + 2_000,
    classifiedAt: fixtureNow - minutes(110) + 3_000,
    routedAt: fixtureNow - minutes(109),
  },
  severity: {
    ...unjudged,
    grade: 'red',
    computed: 'red',
    score: 78,
    parts: [
      { part: 'reach', points: 30, basis: { from: 500_000 } },
      { part: 'speed', points: 20, basis: { perHour: 45 } },
      { part: 'source', points: 10, basis: { platform: '抖音' } },
      { part: 'topic', points: 10, basis: { topic: 'quality' } },
      { part: 'strength', points: 8, basis: { words: ['漏水'] } },
    ],
  },
});

const page = (incidents: readonly IncidentView[]): IncidentPage => ({ incidents, total: incidents.length, next: null });

export const incidentsFixture: IncidentsState = {
  open: page([
    leak,
    incident('i-15', '客服推诿退换', minutes(47) + 20_000, { status: 'claimed', owner: '周屿', mentionCount: 9, platforms: ['黑猫'] }),
    incident('i-18', '研磨噪音大', minutes(91) + 5_000),
  ]),
  recent: page([
    incident('i-14', '快递破损', -minutes(200), { status: 'resolved', owner: '周屿', response: '已补发并致歉。' }),
    incident('i-13', '保修条款争议', -minutes(300), { status: 'false_alarm', owner: '林悦' }),
  ]),
  pendingHistory: 2,
};

const mention = (n: number, platform: string, author: string, text: string, reach: number): IncidentMention => ({
  mentionId: `M-${n}`,
  source: '/monitor',
  platform,
  author,
  title: null,
  text,
  cut: false,
  url: `https://example.com/m/${n}`,
  reach,
  polarity: 'negative',
  publishedAt: fixtureNow - minutes(110 - n * 7),
  deleted: n === 4,
});

const audit: readonly AuditLine[] = [
  { seq: 1, at: fixtureNow - minutes(110), actor: 'system', action: 'opened', detail: {} },
  { seq: 2, at: fixtureNow - minutes(40), actor: 'system', action: 'mention_added', detail: { mentions: 124 } },
  { seq: 3, at: fixtureNow - minutes(2), actor: '林悦', action: 'claimed', detail: { owner: '林悦' } },
];

export function incidentDetail(id: string): IncidentDetail | undefined {
  const found = [...incidentsFixture.open.incidents, ...incidentsFixture.recent.incidents].find((i) => i.id === id);
  return (
    found && {
      ...found,
      evidence: [],
      mentions: [
        mention(1, '抖音', '数码老陈', 'X5 用到第三周开始漏水，台面全湿，客服让我自己买密封圈', 318_000),
        mention(2, '微博', '咖啡机测评站', '已拆机，疑似锅炉出水口卡箍装反，等品牌回应', 194_000),
        mention(3, '小红书', '阿禾在家喝', '新买的山澜 X5 漏水了，有人一样吗（首发）', 89_000),
        mention(4, '知乎', '水温控', '同款用半年没问题，可能是个别批次', 4_000),
      ],
      mentionsNext: null,
      audit,
      auditTotal: audit.length,
    }
  );
}

/** The routes a desk page reads, over the fixtures; commands are refused unless a test answers them itself. */
export function answerReads(overview: OverviewState, options: DeskAnswersOptions = {}) {
  const beside = deskAnswers(options);
  return (method: string, path: string, body?: unknown, query = new URLSearchParams()): { status: number; body: unknown } | undefined => {
    const other = beside(method, path, body, query);
    if (other) return other;
    if (method !== 'GET') return undefined;
    if (path === '/api/kpis/definitions') return { status: 200, body: { definitions: [] } satisfies KpiDefinitions };
    if (path === '/api/views/overview') return { status: 200, body: { state: overview } };
    if (path === '/api/incidents/history-pending') return { status: 200, body: pendingFixture };
    const mentionsOf = /^\/api\/incidents\/([^/]+)\/mentions$/.exec(path)?.[1];
    const mentions = mentionsOf === undefined ? undefined : incidentDetail(mentionsOf)?.mentions;
    if (mentions) return { status: 200, body: { mentions, total: mentions.length, next: null } satisfies MentionPage };
    const detail = incidentDetail(path.replace('/api/incidents/', ''));
    return detail && { status: 200, body: detail };
  };
}

export const emptyIncidents: IncidentsState = { open: page([]), recent: page([]), pendingHistory: 0 };

export const pendingFixture = {
  total: 2,
  next: null,
  rows: [
    {
      ...mention(8, '大众点评', '老顾客', '门店那台机器去年就漏过水，没人管', 1_200),
      key: '/monitor M-8',
      brand: '山澜',
      publishedAt: fixtureNow - minutes(3_000),
    },
    { ...mention(9, '微博', '路过', '售后电话打不通', 300), key: '/monitor M-9', brand: '山澜', publishedAt: fixtureNow - minutes(4_100) },
  ],
};
