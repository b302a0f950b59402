/**
 * The wall's 总览 scene: its groups, what makes each of them worth computing again,
 * and how often. What a group holds is decided in the files beside this one.
 */
import type { OverviewGroup, OverviewState } from '../../../../shared/wire/views/overview.ts';
import { nextDay, nextHour } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { STEP_MS, stepOf } from '../../../domain/time/step.ts';
import { anomaliesGroup } from './anomalies-group.ts';
import { campaignsGroup } from './campaigns-group.ts';
import { createGhostGroup } from './ghost-group.ts';
import type { ViewParts } from './view-parts.ts';
import { promisesGroup } from './promises-group.ts';
import { createSalesGroups } from './sales-groups.ts';
import { SENTENCE_REFRESH_MS, SENTENCE_THROTTLE_MS, sentenceGroup } from './sentence-group.ts';
import { STRIP_REFRESH_MS, stripGroup } from './strip-group.ts';
import { createTalkGroups } from './talk-groups.ts';

const sales = ['today', 'hours', 'month', 'quarter', 'channels'] as const;

const affected: { readonly [T in Touched]: readonly OverviewGroup[] } = {
  sales: [...sales, 'campaigns', 'sentence'],
  // A lead names the campaign of orders that name none (R13).
  leads: ['campaigns', 'sentence'],
  mentions: ['sentiment', 'keywords', 'strip'],
  campaigns: ['campaigns', 'sentence'],
  competitors: ['competitors'],
  content: [],
  incidents: ['strip', 'sentence'],
  // The strip shows nothing of a story's mentions.
  incidentMentions: [],
  targets: [...sales, 'sentence'],
  periods: [...sales, 'sentence'],
  policies: ['anomalies', 'sentiment', 'keywords', 'competitors', 'sentence', 'ghost', 'strip'],
  quarantine: [],
  sources: [],
  standup: ['promises'],
};

const LOOK_DELAY_MS = 5_000;

export function createOverviewView(parts: ViewParts): View<'overview'> {
  const read: { readonly [G in OverviewGroup]: () => Promise<OverviewState[G]> } = {
    ...createSalesGroups(parts),
    ...createTalkGroups(parts),
    campaigns: () => campaignsGroup(parts),
    ghost: createGhostGroup(parts),
    promises: () => promisesGroup(parts),
    sentence: () => sentenceGroup(parts),
    anomalies: () => anomaliesGroup(parts),
    strip: () => stripGroup(parts),
  };
  const hour = (now: number) => nextHour(parts.calendar, now);
  return {
    name: 'overview',
    groups: Object.keys(read) as OverviewGroup[],
    affectedBy: (touched) => affected[touched],
    refreshMs: {
      today: 30_000,
      hours: 30_000,
      ghost: 60_000,
      month: 30_000,
      quarter: 30_000,
      channels: 30_000,
      campaigns: 60_000,
      sentiment: 15_000,
      keywords: 60_000,
      sentence: SENTENCE_REFRESH_MS,
      strip: STRIP_REFRESH_MS,
    },
    turnsAfter: {
      ...{
        today: hour,
        hours: hour,
        ghost: hour,
        promises: hour,
        sentence: hour,
        month: hour,
        quarter: hour,
        channels: hour,
        keywords: hour,
      },
      campaigns: (now) => nextDay(parts.calendar, now),
      // A look follows the end of each step, once the facts of its last seconds have come.
      anomalies: (now) => (stepOf(now - LOOK_DELAY_MS) + 1) * STEP_MS + LOOK_DELAY_MS,
    },
    mayWait: [...sales, 'ghost', 'campaigns', 'sentence', 'keywords', 'anomalies'],
    throttleMs: {
      channels: 250,
      month: 1_000,
      quarter: 1_000,
      // The dearest group in bytes, and each sale of a campaign moves it; the scene 活动 waits as long.
      campaigns: 5_000,
      sentence: SENTENCE_THROTTLE_MS,
      competitors: 1_000,
      sentiment: 1_000,
      keywords: 1_000,
    },
    read: (group) => read[group](),
  };
}
