/** The story with the nearest deadline: its block, who is called about it, and where it spreads. */
import type { SentimentState } from '../../../../shared/wire/views/sentiment.ts';
import { channelKinds } from '../../../../shared/incidents/channels.ts';
import type { IncidentView } from '../../../../shared/incidents/types.ts';
import { brandSet } from '../../../../shared/text/brand-key.ts';
import { stripOf } from '../../../domain/incidents/strip.ts';
import { callRows, sentRow } from '../../../domain/projection/calls.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { counted } from '../../../domain/kpis/figures.ts';
import type { ViewParts } from './view-parts.ts';

type StoryGroups = { readonly [G in 'nearest' | 'calls' | 'spread']: () => Promise<SentimentState[G]> };

const HOURS = 24;
const none = { breached: 0, fire: 0, soon: 0, calm: 0 };

export function createStoryGroups(parts: ViewParts): StoryGroups {
  const { reads, clock } = parts;
  /** The story of the strip's first cell. */
  async function first(): Promise<IncidentView | undefined> {
    return (await reads.incidents({ open: true, limit: 1, after: null })).rows[0];
  }

  return {
    async nearest() {
      const incident = await first();
      const [cell] = incident ? stripOf([incident], none, clock.now(), 1).cells : [];
      if (!incident || !cell) return null;
      const found = await reads.incidentPlatforms(incident.id, clock.now(), rowCaps.platforms);
      const others = (found?.rows ?? []).filter(({ platform }) => platform !== found?.firstSeen);
      const movedTo = others.toSorted((a, b) => b.recent - a.recent || b.mentions - a.mentions)[0]?.platform ?? null;
      const { mentionCount: mentions, reach } = incident;
      return { cell, mentions, reach, firstSeen: found?.firstSeen ?? null, movedTo };
    },
    async calls() {
      const incident = await first();
      const { set: rosterSet, roles } = await reads.onDuty(clock.now());
      const duty = roles.map(({ role, people }) => ({ role, people }));
      if (!incident) return { incidentId: null, rows: [], more: 0, rosterSet, duty };
      const [sent, { calls, total }, channels] = await Promise.all([
        reads.messages({ incidentId: incident.id, limit: rowCaps.calls, after: null }),
        reads.callsToCome(incident.id, rowCaps.calls),
        reads.channels(),
      ]);
      const kindOf = (id: string) => channelKinds.find((kind) => kind === channels.find((channel) => channel.id === id)?.kind) ?? null;
      const { rows, shown } = callRows(
        sent.rows.map((message) => sentRow(message, kindOf)),
        calls,
        incident.drill,
        rowCaps.calls,
      );
      return { incidentId: incident.id, rows, more: Math.max(0, total - shown), rosterSet, duty };
    },
    async spread() {
      const incident = await first();
      const found = incident && (await reads.incidentPlatforms(incident.id, clock.now(), rowCaps.platforms));
      if (!incident || !found) return negativesByPlatform(parts);
      const { rows, total } = found;
      const shown = rows.reduce((sum, { mentions }) => sum + mentions, 0);
      const others = found.platforms - rows.length;
      return {
        story: { incidentId: incident.id, title: found.title },
        rows,
        rest: others > 0 ? { platforms: others, mentions: total - shown } : null,
        total,
      };
    },
  };
}

/** Where nothing is open: negative mentions of the own brands of the last day, by platform. */
async function negativesByPlatform({ reads, sums, calendar, clock }: ViewParts): Promise<SentimentState['spread']> {
  const { brands } = await reads.policies();
  const own = brandSet(brands.own);
  const asOf = clock.now();
  const to = calendar.hourBucket(asOf) + 1;
  const [rows = []] = await sums.sums([
    { ask: 'sums', family: 'mentions', unit: 'hour', from: to - HOURS, to, where: [], by: ['brand', 'platform'], cut: { asOf } },
  ]);
  const byPlatform = new Map<string, number>();
  for (const { dims, measures } of rows) {
    const [brand = null, platform = null] = dims;
    if (own.has(brand)) byPlatform.set(platform ?? '', (byPlatform.get(platform ?? '') ?? 0) + counted(measures[2] ?? 0));
  }
  const all = [...byPlatform]
    .map(([platform, mentions]) => ({ platform, mentions, recent: null }))
    .filter(({ mentions }) => mentions > 0)
    .sort((a, b) => b.mentions - a.mentions || (a.platform < b.platform ? -1 : 1));
  const left = all.slice(rowCaps.platforms);
  const sum = (some: readonly { readonly mentions: number }[]) => some.reduce((total, { mentions }) => total + mentions, 0);
  return {
    story: null,
    rows: all.slice(0, rowCaps.platforms),
    rest: left.length > 0 ? { platforms: left.length, mentions: sum(left) } : null,
    total: sum(all),
  };
}
