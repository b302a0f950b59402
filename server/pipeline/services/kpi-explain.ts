/**
 * GET /api/kpis/explain: the entities a part of a figure is the sum of, page by page. The value and the rows come from one
 * state of the ledger; later pages see that state too, because what was received after it is cut off.
 */
import type { ExplainedAmount, KpiExplanation, KpiPart } from '../../../shared/kpi/explain.ts';
import type { KpiContext, KpiDefinition, Part } from '../../domain/kpis/definition.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { fitting } from '../../domain/kpis/figures.ts';
import { isPartName, partNamed, partNames, partsElsewhere } from '../../domain/kpis/kpi-part.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { explainedTerms, isListed, targetTerms } from '../figures/explain-terms.ts';
import { askFinal } from '../figures/final-kpis.ts';
import { contextsOf, type ContextParts, type Contexts } from '../figures/kpi-context.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import type { ExplainedRow, ExplainPage } from '../ports/ledger-explain.ts';
import type { CausingEvent, StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { explainCursorText, readExplainCursor, type ExplainCursor } from './explain-cursor.ts';
import { definitionOf, dimensionsNamed, periodAsked, selectionOf } from './kpi-question.ts';
import type { KpiExplainQuery } from './services.ts';

export interface KpiExplainParts extends ContextParts {
  readonly reads: ContextParts['reads'] & Pick<StoreReads, 'causingEvents'>;
  readonly ledger: Pick<LedgerReads, 'ask' | 'explain'>;
}

export async function explainKpi(parts: KpiExplainParts, query: KpiExplainQuery): Promise<KpiExplanation | Refusal> {
  const definition = definitionOf(query.kpi);
  if (isRefusal(definition)) return definition;
  const slice = selectionOf({ by: null, where: query.where }, [definition]);
  if (isRefusal(slice)) return slice;
  const period = periodAsked(query);
  if (isRefusal(period)) return period;
  const cursor = cursorOf(query);
  if (isRefusal(cursor)) return cursor;
  const moments = cursor ? { asOf: cursor.asOf, knownAt: cursor.knownAt } : query;
  const contexts = await contextsOf(parts, moments, [definition]);
  const context = contexts.of(period, dimensionsNamed(slice));
  const part = partAsked(definition, slice, context, query.part);
  if (isRefusal(part)) return part;

  const pinned = cursor ? { ...contexts.cut, knownAt: cursor.received } : contexts.cut;
  const terms = await explainedTerms(parts.ledger, part.of, { definition, context, slice, cut: pinned });
  const places = targetPlaces(part.of, context, slice);
  const before = cursor?.targets ?? 0;
  const room = query.limit - Math.min(query.limit, Math.max(0, (places?.length ?? 0) - before));
  const { value, page } = await valueAndPage(
    parts.ledger,
    { definition, slice, contexts, context },
    {
      terms: terms.asked,
      // With no room left the page says whether there is more.
      limit: Math.max(1, room),
      ...(cursor?.after && { after: cursor.after }),
      totals: !cursor,
    },
  );
  const totals = cursor ?? totalsOf(page, terms.scale, contexts);
  const targets = targetRows(places ?? [], value[part.name], totals.facts);
  const shown = targets.slice(before, before + query.limit);
  const events = await parts.reads.causingEvents(page.rows.slice(0, room).map(({ latest }) => latest));
  const rows = page.rows.slice(0, room).map((row, i) => amountOf(row, terms.scale, events[i] ?? null));
  const last = page.rows[room - 1];
  const more = room === 0 ? page.rows.length > 0 : page.next !== null;
  const next: ExplainCursor | null =
    more || before + shown.length < targets.length
      ? {
          ...totals,
          question: questionText(query),
          asOf: contexts.asOf,
          knownAt: contexts.cut.knownAt ?? contexts.moment,
          targets: before + shown.length,
          after: room > 0 && last ? { received: last.latest.received, kind: last.kind, entity: last.entity } : (cursor?.after ?? null),
        }
      : null;
  return {
    value,
    part: part.name,
    sum: sumOf(totals.facts, places && targets),
    count: totals.count + targets.length,
    rows: [...shown, ...rows],
    next: next && explainCursorText(next),
  };
}

function cursorOf(query: KpiExplainQuery): ExplainCursor | undefined | Refusal {
  if (query.cursor === null) return undefined;
  const cursor = readExplainCursor(query.cursor);
  if (cursor?.question === questionText(query)) return cursor;
  return refuse(
    400,
    'bad_cursor',
    'the cursor is none this question gave: take `next` of the page before, or leave it out for the first page',
    {
      path: 'cursor',
    },
  );
}

/** What all pages of one explanation have in common. */
function questionText({ kpi, grain, period, where, part }: KpiExplainQuery): string {
  return JSON.stringify([kpi, grain, period, part, where.map(({ dim, value }) => [dim, value])]);
}

function partAsked(
  definition: KpiDefinition,
  { where }: KpiSelection,
  context: KpiContext,
  name: string | null,
): { readonly name: KpiPart; readonly of: Part } | Refusal {
  if (where.some(({ dim, value }) => dim === definition.restOf && value === null)) {
    return refuse(
      400,
      'no_parts',
      `this cell of ${definition.id} is what the others leave of the whole: explain the whole and the others`,
      {
        path: 'where',
      },
    );
  }
  const parts = definition.parts?.(context);
  if (!parts) {
    const elsewhere = partsElsewhere(definition);
    const made = elsewhere.length === 0 ? '' : `; it is made of ${elsewhere.join(', ')}, which can be explained`;
    return refuse(400, 'no_parts', `${definition.id} is no sum of events and no ratio of sums${made}`, { path: 'kpi' });
  }
  const names = partNames(parts);
  const asked = name ?? names[0] ?? 'value';
  const of = isPartName(asked) ? partNamed(parts, asked) : undefined;
  if (of && !isListed(of, { definition, context })) {
    return refuse(
      400,
      'not_listed',
      `the people ${definition.id} counts are not listed: it says how many of those engaged acted afterwards`,
      {
        path: 'part',
      },
    );
  }
  if (of && isPartName(asked)) return { name: asked, of };
  return refuse(400, 'unknown_part', `${definition.id} has no part “${asked}”; it has ${names.join(', ')}`, { path: 'part' });
}

interface Cell {
  readonly definition: KpiDefinition;
  readonly slice: KpiSelection;
  readonly contexts: Contexts;
  readonly context: KpiContext;
}

/** Both of one state of the ledger: the explanation is asked beside the questions of the value. */
async function valueAndPage(
  ledger: KpiExplainParts['ledger'],
  { definition, slice, contexts, context }: Cell,
  question: Parameters<LedgerReads['explain']>[0],
): Promise<{ readonly value: KpiExplanation['value']; readonly page: ExplainPage }> {
  let page: ExplainPage | undefined;
  const asking: LedgerAsk = {
    async ask(questions) {
      const answer = await ledger.explain(question, questions);
      page = answer.page;
      return answer.beside;
    },
  };
  const [values] = await askFinal(asking, [definition], { contexts, period: context.period, slice });
  const [value] = values ?? [];
  if (!value || !page) throw new Error(`${definition.id} has no value for one cell`);
  return { value, page };
}

interface TargetPlace {
  readonly id: string;
  readonly value: number;
  /** null where it is learnt from what was read for the value. */
  readonly share: number | null;
}

/** undefined where a target the part needs is not set. */
function targetPlaces(part: Part, { targets }: KpiContext, slice: KpiSelection): readonly TargetPlace[] | undefined {
  const dimension = Object.fromEntries(slice.where.map(({ dim, value }) => [dim, value]));
  const places: TargetPlace[] = [];
  for (const { target: kpi, period, share, ofWhole } of targetTerms(part)) {
    const value = targets.value({ kpi, grain: period.grain, period: period.name, dimension: ofWhole ? null : dimension });
    if (value === undefined) return undefined;
    places.push({ id: `${kpi} ${period.name}`, value, share: typeof share === 'number' ? share : null });
  }
  return places;
}

/** A share that was learnt is not known here: the target's amount is what the facts leave of the part. */
function targetRows(places: readonly TargetPlace[], whole: number | null, facts: number | null): readonly ExplainedAmount[] {
  const known = places.reduce((sum, { value, share }) => sum + (share === null ? 0 : value * share), facts ?? 0);
  return places.map(({ id, value, share }) => ({
    entity: { kind: 'target', source: null, id },
    ...{ at: null, since: null, receivedAt: null, cause: 'target', event: null },
    amount: share === null ? (whole ?? known) - known : value * share,
  }));
}

function totalsOf({ totals }: ExplainPage, scale: number, { cut, moment }: Contexts) {
  const facts = fitting(totals?.sum ?? 0);
  const received = totals?.received ?? cut.knownAt ?? moment;
  return { facts: facts === null ? null : facts / scale, count: totals?.count ?? 0, received };
}

function sumOf(facts: number | null, targets: readonly ExplainedAmount[] | undefined): number | null {
  return facts === null || !targets ? null : targets.reduce((sum, { amount }) => sum + amount, facts);
}

function amountOf({ kind, entity, amount, latest }: ExplainedRow, scale: number, event: CausingEvent | null): ExplainedAmount {
  return {
    entity: entityOf(kind, entity, latest.kind === kind && kind !== 'customer'),
    at: instantText(latest.at),
    since: instantText(latest.since),
    receivedAt: instantText(latest.received),
    cause: latest.cause,
    amount: Number(amount) / scale,
    event: event && { ...event, time: instantText(event.time) },
  };
}

/** A fact's key is its source and its id, or ids as JSON, parted by the first space (`factKey`). */
function entityOf(kind: string, key: string, isFact: boolean): ExplainedAmount['entity'] {
  if (!isFact) return { kind, source: null, id: key };
  const space = key.indexOf(' ');
  return { kind, source: key.slice(0, space), id: idOf(key.slice(space + 1)) };
}

function idOf(text: string): string {
  if (!text.startsWith('["')) return text;
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.join(' ') : text;
  } catch {
    return text;
  }
}

const instantText = (ms: number): string => new Date(ms).toISOString();
