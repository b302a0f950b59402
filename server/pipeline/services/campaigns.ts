/** Campaigns for directors: what each cost and brought, where money is lost, and what was decided with what was known. */
import * as z from 'zod';
import { OPEN_CAMPAIGNS } from '../../../shared/kpi/campaign-choices.ts';
import {
  campaignDecision,
  campaignFigures,
  campaignPhases,
  shareFigures,
  MATURE_ENOUGH,
  type CampaignDecision,
  type CampaignDetail,
  type CampaignPage,
  type CampaignRow,
  type DecisionDocument,
} from '../../../shared/kpi/campaigns.ts';
import { parsePeriod, type Period } from '../../domain/time/period.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { channelsOf, daysOf } from '../figures/campaign-parts.ts';
import { lossStepOf } from '../figures/campaign-step.ts';
import { campaignTable, type CampaignTable } from '../figures/campaign-table.ts';
import { contextsOf, everything, type ContextParts, type Contexts } from '../figures/kpi-context.ts';
import type { Commit } from '../ports/commit.ts';
import { cursorOf } from '../ports/page.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import type { CampaignFilter, CampaignQuery, CampaignService } from './services.ts';

export interface CampaignServiceParts extends ContextParts {
  readonly reads: ContextParts['reads'] & Pick<StoreReads, 'facts' | 'campaignDecisions'>;
  readonly ledger: LedgerAsk;
  readonly commit: Commit;
}

/** Flagged campaigns for which the step to blame is looked for; the others are named without one. */
const BLAMED = 12;
const LISTS_KEPT = 4;

const sortable = [
  ...campaignFigures,
  ...shareFigures,
  'campaignId',
  'name',
  'owner',
  'phase',
  'budget',
  'pacing',
  'maturity',
  'spreadRatio',
  'lost',
  'orders',
] as const;

export function createCampaignService(parts: CampaignServiceParts): CampaignService {
  const { reads, ledger, commit, calendar, clock } = parts;
  const lists = new Map<string, Promise<CampaignTable>>();

  /** Kept for a while: further pages of a list belong to the first one and cost little. */
  function tableOf(contexts: Contexts, period: Period, query: CampaignQuery, further: boolean): Promise<CampaignTable> {
    const key = JSON.stringify([contexts.asOf, period, query.basis]);
    const kept = further ? lists.get(key) : undefined;
    if (kept) return kept;
    const table = withSteps(contexts, period, query);
    lists.set(key, table);
    table.catch(() => lists.get(key) === table && lists.delete(key));
    for (const old of lists.keys()) if (lists.size > LISTS_KEPT && old !== key) lists.delete(old);
    return table;
  }

  async function withSteps(contexts: Contexts, period: Period, { basis }: CampaignQuery): Promise<CampaignTable> {
    const table = await campaignTable(parts, contexts, { period, basis });
    const worst = table.rows
      .filter(({ flag }) => flag !== null)
      .toSorted((a, b) => lostOf(b) - lostOf(a))
      .slice(0, BLAMED);
    const steps = new Map(
      await Promise.all(worst.map(async (row) => [row.campaignId, await lossStepOf(ledger, contexts, { period, basis }, row)] as const)),
    );
    return { ...table, rows: table.rows.map((row) => withStep(row, steps.get(row.campaignId))) };
  }

  async function one(id: string, contexts: Contexts, period: Period, query: CampaignQuery): Promise<CampaignRow | undefined> {
    const { rows } = await tableOf(contexts, period, query, false);
    return rows.find(({ campaignId }) => campaignId === id);
  }

  return {
    async list(query) {
      const field = sortable.find((name) => name === query.sort.replace(/^-/, ''));
      if (field === undefined) {
        return refuse(400, 'bad_parameter', `sort is one of ${sortable.join(', ')}, with a “-” before it to sort downwards`, {
          path: 'sort',
        });
      }
      const pinned = query.after;
      const contexts = await contextsOf(parts, { asOf: pinned?.[0] ?? null, knownAt: pinned?.[0] ?? null });
      const period = periodOf(query, contexts, parts);
      if (isRefusal(period)) return period;
      const table = await tableOf(contexts, period, query, pinned !== null);
      const { flagged: onlyFlagged = false, ...others } = query.filter;
      const shown = query.grain === null ? null : shownPeriod(period, calendar);
      const wanted = table.rows.filter((row) => (shown === null || belongsTo(shown, row)) && passes(others)(row));
      const flagged = wanted.filter(({ flag }) => flag !== null);
      const passing = sorted(onlyFlagged ? flagged : wanted, field, query.sort.startsWith('-'));
      const from = pinned?.[1] ?? 0;
      const rows = passing.slice(from, from + query.limit);
      const page: CampaignPage = {
        asOf: new Date(contexts.asOf).toISOString(),
        timeZone: calendar.timeZone,
        basis: query.basis,
        period: shown,
        rows,
        unattributed: table.unattributed,
        total: table.total,
        listed: table.together(passing),
        flagged: { count: flagged.length, lost: flagged.reduce((sum, row) => sum + lostOf(row), 0) },
        owners: distinct(table.rows.map(({ owner }) => owner)),
        kinds: distinct(table.rows.map(({ kind }) => kind)),
        quarter: table.quarter,
        attribution: table.attribution,
        groups: query.group === undefined ? [] : table.groups(passing, query.group),
        totalRows: passing.length,
        next: from + rows.length < passing.length ? cursorOf([contexts.asOf, from + rows.length]) : null,
      };
      return page;
    },

    async get(id, query) {
      const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
      const period = periodOf(query, contexts, parts);
      if (isRefusal(period)) return period;
      const row = await one(id, contexts, period, query);
      if (!row) return unknown(id);
      const of = { campaignId: id, period, basis: query.basis };
      const { refundLagDays: refundDays } = contexts.of(period, []).readings;
      const [channels, days, decisions] = await Promise.all([
        channelsOf(ledger, contexts, of, row.targetRoi),
        daysOf(ledger, contexts, calendar, of, refundDays),
        reads.campaignDecisions({ campaignId: id }),
      ]);
      const detail: CampaignDetail = {
        ...{ asOf: new Date(contexts.asOf).toISOString(), timeZone: calendar.timeZone, basis: query.basis, row },
        ...{ channels: [...channels], days: [...days], refundDays, decisions: [...decisions] },
      };
      return detail;
    },

    async decide(id, document, receivedAt) {
      const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
      const row = await one(id, contexts, everything(calendar, clock.now()), { grain: null, period: null, basis: 'cash' });
      return commit(async (tx, touch) => {
        const subject = `decide ${id}`;
        const answered = await tx.commandAnswer(document.commandId);
        if (answered !== undefined) return repeated(answered, subject);
        if (!row) return unknown(id);
        if (!document.confirmed && row.maturity !== null && row.maturity < MATURE_ENOUGH) return immature(row);
        const decision = decisionOf(row, document, receivedAt);
        await tx.putCampaignDecision(decision, receivedAt);
        await tx.putCommandAnswer(document.commandId, JSON.stringify({ subject, decision }), receivedAt);
        touch('campaigns');
        return decision;
      });
    },
  };
}

const keptAnswer = z.object({ subject: z.string(), decision: campaignDecision });

function repeated(answered: string, subject: string): CampaignDecision | Refusal {
  const kept = keptAnswer.safeParse(JSON.parse(answered));
  if (kept.success && kept.data.subject === subject) return kept.data.decision;
  return refuse(409, 'command_id_used', 'this commandId has been used for something else', { path: 'commandId' });
}

function immature(row: CampaignRow): Refusal {
  const percent = Math.round((row.maturity ?? 0) * 100);
  const detail = `Only ${percent} % of the revenue of this campaign is past the time in which refunds come: its return may still fall. Send the decision again with “confirmed”: true to record it all the same.`;
  return refuse(409, 'immature', detail, { path: 'confirmed', present: row });
}

function decisionOf(row: CampaignRow, { commandId, type, note, actor }: DecisionDocument, at: number): CampaignDecision {
  const known = campaignDecision.shape.known.parse(row);
  return { commandId, campaignId: row.campaignId, type, note, actor, at: new Date(at).toISOString(), known };
}

const unknown = (id: string): Refusal =>
  refuse(404, 'unknown_campaign', `no campaign is called “${id}”: nothing was planned, spent or sold under it`);

function periodOf({ grain, period }: CampaignQuery, { asOf }: Contexts, { calendar }: Pick<ContextParts, 'calendar'>): Period | Refusal {
  if (grain === null && period === null) return everything(calendar, asOf);
  const found = grain === null || period === null ? undefined : parsePeriod(grain, period);
  return (
    found ??
    refuse(400, 'bad_period', 'give grain and period together, such as grain=quarter and period=2026-Q4, or neither', { path: 'period' })
  );
}

function shownPeriod({ grain, from, to }: Period, calendar: ContextParts['calendar']): NonNullable<CampaignPage['period']> {
  return { grain, start: calendar.formatDay(from), end: calendar.formatDay(to) };
}

const lostOf = ({ flag }: CampaignRow): number => flag?.lost ?? 0;

function withStep(
  row: CampaignRow,
  step: { step: NonNullable<CampaignRow['flag']>['step']; at: string | null } | null | undefined,
): CampaignRow {
  return row.flag === null || !step ? row : { ...row, flag: { ...row.flag, ...step } };
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))].sort();
}

/** Rows without a value come last, whichever way it is sorted; equal ones by id, so that pages do not overlap. */
function sorted(rows: readonly CampaignRow[], field: (typeof sortable)[number], down: boolean): CampaignRow[] {
  const valueOf = (row: CampaignRow): string | number | null => {
    if (field === 'lost') return row.flag?.lost ?? null;
    // Phases in the order of time, not of their names.
    if (field === 'phase') return row.phase === null ? null : campaignPhases.indexOf(row.phase);
    return row[field];
  };
  return rows.toSorted((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === y) return a.campaignId < b.campaignId ? -1 : 1;
    if (x === null) return 1;
    if (y === null) return -1;
    return x < y !== down ? -1 : 1;
  });
}

/** A campaign of a period ran in it by its plan, or cost or brought something in it. */
function belongsTo({ start, end }: NonNullable<CampaignPage['period']>, row: CampaignRow): boolean {
  if (row.phases !== null && row.phases.warmup.from < end && row.phases.review.to >= start) return true;
  return row.orders > 0 || summed.some((name) => row[name] !== null && row[name] !== 0);
}

const summed = [
  ...(['spend', 'net_sales', 'net_sales_cohort', 'margin', 'new_customers', 'leads', 'valid_leads'] as const),
  ...(['reads', 'likes', 'shares'] as const),
];

function passes({ phase, owner, kind, text, ids }: Omit<CampaignFilter, 'flagged'>): (row: CampaignRow) => boolean {
  const wanted = ids && new Set(ids);
  const part = text?.toLowerCase();
  return (row) =>
    (phase === undefined || (phase === OPEN_CAMPAIGNS ? row.phase !== 'ended' : row.phase === phase)) &&
    (owner === undefined || row.owner === owner) &&
    (kind === undefined || row.kind === kind) &&
    (wanted === undefined || wanted.has(row.campaignId)) &&
    (part === undefined || [row.name, row.shortName, row.campaignId].some((name) => name?.toLowerCase().includes(part)));
}
