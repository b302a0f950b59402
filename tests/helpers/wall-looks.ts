/**
 * The looks that every scene of the wall must stay readable in: a usual day, the longest names, the largest and negative
 * numbers, nothing, one of each, fifty of each, and data that went stale. A look holds all views, so one serves all scenes.
 */
import { priceLines, rivalLanes } from '../../server/domain/projection/rivals.ts';
import type { CompetitorsState } from '../../shared/wire/views/competitors.ts';
import type { Views } from '../../shared/wire/views/all.ts';
import { competitorsFixture } from './competitors-fixture.ts';
import type { FixtureScene } from './fixture-server.ts';
import { funnelCrowded, funnelEmpty, funnelOne } from './funnel-fixture.ts';
import { emptyIncidents } from './incidents-fixture.ts';
import { mappedView } from './moved-view.ts';
import { scenarios, streamsAllStale, workspaces } from './overview-fixture.ts';
import { campaignsCrowded, campaignsEmpty, campaignsOne } from './runs-fixture.ts';
import { scenes } from './screenshot.ts';
import { crowdedTalk, emptyTalk, oneStory } from './sentiment-fixture.ts';
import { standupScenes } from './standup-fixture.ts';
import { alarmStrip, quietStrip } from './strip-fixture.ts';
import { viewFixtures } from './view-fixtures.ts';

export const lookNames = ['usual', 'longest', 'huge', 'none', 'one', 'crowded', 'stale'] as const;
export type LookName = (typeof lookNames)[number];
export type Language = 'zh-CN' | 'en';

/** Words that people outside of the product chose. */
const named = new Set(['name', 'title', 'channel', 'keyword', 'competitor', 'owner', 'who', 'department', 'matter', 'contact', 'platform', 'brand', 'people', 'at', 'movedBy']); // prettier-ignore
const tails: Readonly<Record<Language, string>> = {
  'zh-CN': '华东大区新零售与全域会员运营一部联合推进的长期专项',
  en: ' together with the loyalty programme of the eastern region',
};

/** Each name as long as the longest ones people type, and no short name that could stand for it. */
function longNamed<T>(view: T, language: Language): T {
  return mappedView(view, (key, value) => {
    if (key === 'shortName') return null;
    // Channels of calls are words of the product.
    return named.has(key) && typeof value === 'string' && !/^[a-z_]+$/u.test(value) ? value + tails[language] : value;
  });
}

const moves = competitorsFixture.rivals.lanes.flatMap(({ moves: own }) => own);
const fiveLanes = ['铂域', '禾川', '意朗', '拓沫', '德隆'];
const competitorsNone: CompetitorsState = {
  leadMove: null,
  rivals: { lanes: [], more: 0 },
  prices: { from: competitorsFixture.prices.from, rows: [], more: 0 },
  voice: { rows: [], rest: null, total: 0, days: [] },
  strip: quietStrip,
};
const competitorsOne: CompetitorsState = {
  ...competitorsNone,
  leadMove: competitorsFixture.leadMove,
  rivals: rivalLanes(moves.slice(0, 1), ['铂域']),
  prices: { ...priceLines(moves.slice(0, 1), competitorsFixture.prices.from) },
  voice: {
    ...{ rows: [{ brand: '山澜', own: true, mentions: 1, share: 1 }], rest: null, total: 1 },
    days: [{ day: '2026-11-23', share: 1 }],
  },
};
const competitorsHuge: CompetitorsState = {
  ...mappedView(competitorsFixture, (key, value, turn) => {
    if (key === 'change' && typeof value === 'number') return value < 0 ? -0.998 : 12.345;
    if ((key === 'before' || key === 'after') && typeof value === 'string') return `¥${(98_765 + turn).toLocaleString('en')}`;
    if (key === 'amount' && typeof value === 'number') return value * 50;
    return key === 'mentions' || (key === 'total' && typeof value === 'number') ? Number(value) * 1_000_000 : value;
  }),
  strip: alarmStrip,
};
const competitorsCrowded: CompetitorsState = {
  ...competitorsFixture,
  rivals: {
    lanes: fiveLanes.map((competitor) => ({
      competitor,
      moves: moves.slice(0, 2).map((move, i) => ({ ...move, competitor, moveId: `${competitor}-${i}` })),
      total: 50,
    })),
    more: 45,
  },
  prices: { ...competitorsFixture.prices, more: 50 },
  voice: { ...competitorsFixture.voice, rest: { brands: 45, mentions: 123_456, share: 0.31 } },
  strip: alarmStrip,
};

const overviewCrowded: Views['overview'] = {
  ...scenarios.usual,
  campaigns: { ...scenarios.usual.campaigns, total: 50 },
  promises: { ...scenarios.usual.promises, owed: 28, kept: 13, missed: 9, total: 50 },
  anomalies: scenarios.longNames.anomalies,
  strip: alarmStrip,
};

const look = (name: string, base: FixtureScene, views: Partial<FixtureScene>): FixtureScene => ({
  ...base,
  ...views,
  // A page that shows the name has received the look.
  workspace: { ...(views.workspace ?? base.workspace), name },
});

const usual = scenes['usual'] as FixtureScene;

/** @param language of the page: names are in it, and marks of long names too */
export const looks = (language: Language): Readonly<Record<LookName, FixtureScene>> => ({
  usual: look('山澜咖啡', usual, {}),
  longest: look('山澜咖啡机华东华南大区联合作战工作区', usual, {
    ...longNamed(viewFixtures, language),
    ...(language === 'zh-CN' && { overview: scenarios.longNames }),
    streams: streamsAllStale,
  }),
  huge: look('山澜咖啡·大', usual, {
    overview: scenarios.hugeNumbers,
    standup: standupScenes.huge,
    sentiment: crowdedTalk,
    campaigns: campaignsCrowded,
    funnel: funnelCrowded,
    competitors: competitorsHuge,
  }),
  none: look('新工作区', scenes['empty'] as FixtureScene, {
    workspace: workspaces.empty,
    overview: scenarios.empty,
    standup: standupScenes.empty,
    sentiment: emptyTalk,
    campaigns: campaignsEmpty,
    funnel: funnelEmpty,
    competitors: competitorsNone,
    incidents: emptyIncidents,
  }),
  one: look('山澜咖啡·一', usual, {
    overview: scenarios.smallNumbers,
    standup: standupScenes.one,
    sentiment: oneStory,
    campaigns: campaignsOne,
    funnel: funnelOne,
    competitors: competitorsOne,
  }),
  crowded: look('山澜咖啡·满', scenes['alarms'] as FixtureScene, {
    overview: overviewCrowded,
    standup: standupScenes.crowded,
    sentiment: crowdedTalk,
    campaigns: campaignsCrowded,
    funnel: funnelCrowded,
    competitors: competitorsCrowded,
  }),
  stale: look('山澜咖啡·旧', usual, { workspace: workspaces.real, streams: streamsAllStale, problems: ['no_alert_channel'] }),
});
