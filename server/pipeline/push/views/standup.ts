/** The wall's 晨会 scene: its groups, and what makes each of them worth computing again. */
import type { ItemsGroup, KeptGroup, StandupGroup, StandupState } from '../../../../shared/wire/views/standup.ts';
import { ITEM_LATE_DAYS } from '../../../../shared/standup/states.ts';
import type { DueState } from '../../../../shared/standup/states.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { duesIn, tallyOf } from '../../../domain/standup/dues.ts';
import { nextDay, nextHour } from '../../../domain/time/turn.ts';
import type { Touched } from '../../ports/transaction.ts';
import type { View } from '../view.ts';
import { promisesGroup } from './promises-group.ts';
import { SENTENCE_REFRESH_MS, SENTENCE_THROTTLE_MS, sentenceGroup } from './sentence-group.ts';
import { goalsGroup } from './standup-goals.ts';
import { morningNow } from './standup-morning.ts';
import { sinceGroup } from './standup-since.ts';
import { STRIP_REFRESH_MS, stripGroup, touchesStrip } from './strip-group.ts';
import type { ViewParts } from './view-parts.ts';
import { createWeakLinkGroup } from './weak-link-group.ts';

const affected: { readonly [T in Touched]?: readonly StandupGroup[] } = {
  sales: ['sentence', 'goals', 'since', 'weakLink'],
  leads: ['sentence', 'goals', 'weakLink'],
  campaigns: ['sentence', 'goals'],
  content: ['goals'],
  incidents: ['sentence', 'since'],
  targets: ['sentence', 'goals', 'weakLink'],
  periods: ['sentence', 'since'],
  policies: ['sentence', 'goals', 'kept', 'weakLink', 'since'],
  standup: ['goals', 'kept', 'items', 'owed', 'said'],
};

/** What of yesterday is named, in this order; what was kept is only counted. */
const named: readonly DueState[] = ['missed', 'moved', 'open'];

export function createStandupView(parts: ViewParts): View<'standup'> {
  const { reads, calendar } = parts;
  const read: { readonly [G in StandupGroup]: () => Promise<StandupState[G]> } = {
    sentence: () => sentenceGroup(parts),
    goals: () => goalsGroup(parts),
    kept: () => keptGroup(parts),
    weakLink: createWeakLinkGroup(parts),
    items: () => itemsGroup(parts),
    owed: () => promisesGroup(parts, rowCaps.owedAtStandup),
    since: () => sinceGroup(parts),
    said: async () => ({ seq: await reads.standupSeq() }),
    strip: () => stripGroup(parts),
  };
  const day = (now: number) => nextDay(calendar, now);
  return {
    name: 'standup',
    groups: ['sentence', 'goals', 'kept', 'weakLink', 'items', 'owed', 'since', 'said', 'strip'],
    affectedBy: (touched) => [...(affected[touched] ?? []), ...(touchesStrip.includes(touched) ? (['strip'] as const) : [])],
    refreshMs: { sentence: SENTENCE_REFRESH_MS, goals: 30_000, weakLink: 300_000, since: 300_000, strip: STRIP_REFRESH_MS },
    turnsAfter: { sentence: (now) => nextHour(calendar, now), goals: day, kept: day, weakLink: day, items: day, owed: day, since: day },
    mayWait: ['sentence', 'goals', 'weakLink', 'since'],
    // A year of customers and a month of days are asked of the ledger for these two.
    throttleMs: { sentence: SENTENCE_THROTTLE_MS, goals: 1_000, weakLink: 30_000, since: 30_000 },
    read: (group) => read[group](),
  };
}

async function keptGroup(parts: ViewParts): Promise<KeptGroup> {
  const { reads, calendar, clock } = parts;
  const { since, day, before } = await morningNow(parts);
  const dues = duesIn(await reads.standupPromises(before), before, calendar, clock.now());
  const { due, kept, missed, moved, open } = tallyOf(dues);
  const rows = named.flatMap((state) => dues.filter((row) => row.state === state)).slice(0, rowCaps.answersNamed);
  return {
    ...{ since: calendar.formatDay(since), adjacent: since === day - 1, due, kept, missed, moved, open },
    rows: rows.map(({ id, shortName, what, who, state, dueAt }) => ({ id, title: shortName ?? what, who, state, dueAt })),
  };
}

async function itemsGroup({ reads, calendar, clock }: Pick<ViewParts, 'reads' | 'calendar' | 'clock'>): Promise<ItemsGroup> {
  const now = clock.now();
  const today = calendar.dayOf(now);
  const open = (await reads.standupItems({ closedSince: now })).filter(({ state }) => state === 'open');
  const rows = open.map(({ id, department, matter, effect, contact, since }) => ({
    ...{ id, department, matter, effect, contact, since },
    days: Math.max(0, today - calendar.dayOf(since)),
  }));
  return {
    rows: rows.slice(0, rowCaps.standupItems),
    total: rows.length,
    late: rows.filter(({ days }) => days > ITEM_LATE_DAYS).length,
  };
}
