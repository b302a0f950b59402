/** The wall's 舆情 scene: its groups, what makes each of them worth computing again, and how often. */
import type { SentimentState, SentimentViewGroup } from '../../../../shared/wire/views/sentiment.ts';
import { nextHour } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { createBrandTalkGroups } from './brand-talk-groups.ts';
import { createStoryGroups } from './story-groups.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';

const story = ['nearest', 'calls', 'spread'] as const;

const affected: { readonly [T in Touched]?: readonly SentimentViewGroup[] } = {
  mentions: ['pulse', 'heat', 'spread'],
  incidents: story,
  incidentMentions: ['nearest', 'spread'],
  policies: [...story, 'pulse', 'heat'],
};

/** A message is sent or refused without a change that screens are told of. */
const CALLS_REFRESH_MS = 5_000;

export function createSentimentView(parts: ViewParts): View<'sentiment'> {
  const read: { readonly [G in SentimentViewGroup]: () => Promise<SentimentState[G]> } = {
    ...createStoryGroups(parts),
    ...createBrandTalkGroups(parts),
    strip: () => stripGroup(parts),
  };
  const hour = (now: number) => nextHour(parts.calendar, now);
  return {
    name: 'sentiment',
    groups: ['nearest', 'calls', 'pulse', 'heat', 'spread', 'strip'],
    affectedBy: (touched) => [...(affected[touched] ?? []), ...(touchesStrip.includes(touched) ? (['strip'] as const) : [])],
    refreshMs: {
      ...{ nearest: 15_000, calls: CALLS_REFRESH_MS, pulse: 15_000, heat: 60_000, spread: 15_000, strip: STRIP_REFRESH_MS },
    },
    turnsAfter: { heat: hour, spread: hour, pulse: hour },
    mayWait: ['pulse', 'heat', 'spread'],
    throttleMs: { nearest: 1_000, calls: 1_000, pulse: 1_000, heat: 1_000, spread: 1_000 },
    read: (group) => read[group](),
  };
}
