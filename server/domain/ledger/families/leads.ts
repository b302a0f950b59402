/**
 * Leads on the day of their creation, and their signings on the same day. Whether a lead is valid and a signing in time is
 * decided when it is asked, by the readings then in force: the rows carry what decides it.
 */
import { standing, type Fact } from '../../facts.ts';
import type { LeadInContact, LeadState } from '../../fold/lead-states.ts';
import { DAY_MS } from '../../time/calendar.ts';
import type { Family } from '../family.ts';
import { leadQuality } from '../lead-quality.ts';
import type { TimedRow } from '../row.ts';
import { timeline, type StateRow } from '../timeline.ts';

export const leads = {
  title: 'Leads created, and those of them that signed',
  entity: 'lead',
  facts: ['lead', 'leadStatus'],
  /**
   * `quality` is what decides validity (R8), see `leadQuality`. `signedWithin` stands on the rows of signings only: within how
   * many times 24 h of its creation the lead signed (R9), rounded up.
   */
  dims: ['channel', 'region', 'campaign', 'touch', 'contact', 'customer', 'quality', 'signedWithin'],
  measures: ['leads', 'signed'],
  rows: leadRows,
} as const satisfies Family<'lead'>;

/** No reading looks further back, or waits longer, in times 24 h. */
const LONGEST = 3_650;

function leadRows(entity: LeadInContact): readonly TimedRow[] {
  const { state, earlier, signings } = entity;
  if (state.until === Infinity && signings.length === 0 && (earlier[0]?.until ?? Infinity) === Infinity)
    return [{ ...leadRow(state, earlier[0]), since: state.at }];
  const instants = [state.at, ...signings.flatMap((fact) => standing(fact, 'lead.signed')?.occurredAt ?? [])];
  if (state.until !== Infinity) instants.push(state.until);
  for (const { until } of earlier) if (until !== Infinity) instants.push(until);
  return timeline(
    instants.filter((instant) => instant >= state.at && instant <= state.until),
    (instant) => (instant < state.until ? rowsAt(entity, instant) : []),
  );
}

function rowsAt({ state, earlier, signings }: LeadInContact, instant: number): readonly StateRow[] {
  const lead = leadRow(
    state,
    earlier.find(({ until }) => until > instant),
  );
  const signing = firstSigning(state, signings, instant);
  return signing ? [lead, { ...lead, ...signing, dims: lead.dims.with(-1, signing.within), measures: [0, 1] }] : [lead];
}

function leadRow({ key, at, lead, contact }: LeadState, previous: LeadState | undefined): StateRow {
  const { channel, region = null, campaignId = null, touch, customerId = null, reachable, inArea = true } = lead.data;
  const days = previous ? Math.ceil((at - previous.at) / DAY_MS) : Infinity;
  const quality = leadQuality({ reachable, inArea, daysSinceSame: days > LONGEST ? null : days });
  return {
    kind: 'lead',
    entity: key,
    at,
    dims: [channel, region, campaignId, touch, contact, customerId, quality, null],
    measures: [1, 0],
  };
}

interface SigningRow {
  readonly kind: 'leadStatus';
  readonly entity: string;
  readonly within: string;
}

/** The first signing that does not lie before the creation. */
function firstSigning({ at }: LeadState, signings: readonly Fact[], instant: number): SigningRow | undefined {
  let first: { readonly key: string; readonly signedAt: number } | undefined;
  for (const { key, versions } of signings)
    for (const { type, occurredAt: signedAt } of versions) {
      if (type !== 'lead.signed' || signedAt < at || signedAt > instant) continue;
      if (!first || signedAt < first.signedAt || (signedAt === first.signedAt && key < first.key)) first = { key, signedAt };
    }
  const within = first && Math.ceil((first.signedAt - at) / DAY_MS);
  return first && within !== undefined && within <= LONGEST ? { kind: 'leadStatus', entity: first.key, within: String(within) } : undefined;
}
