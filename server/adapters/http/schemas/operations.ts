/** Health, quarantine and screen answers, as schemas for the published description. Instants are UTC ms. */
import * as z from 'zod';
import type { SourceHealth, StreamFreshness } from '../../../../shared/wire/freshness.ts';
import { streams } from '../../../../shared/wire/constants.ts';
import { viewNames } from '../../../../shared/wire/views/all.ts';
import type { QuarantineRow } from '../../../pipeline/ports/reads.ts';
import type { QuarantineTask, Readiness } from '../../../pipeline/services/services.ts';

const sourceHealth: z.ZodType<SourceHealth> = z.object({
  source: z.enum(['kafka', 'log']),
  state: z.enum(['running', 'connecting', 'down', 'stopped', 'gap']),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  since: z.number(),
  lag: z.number().nullable(),
});
const streamFreshness: z.ZodType<StreamFreshness> = z.object({
  stream: z.enum(streams),
  lastReceivedAt: z.number().nullable().meta({ description: 'When the last event that told of the present was received; null: none' }),
  lastOccurredAt: z.number().nullable().meta({ description: 'The newest event time, imported history included' }),
  aliveAt: z.number().nullable().meta({ description: 'The last sign of life of the source beside its events' }),
  budgetMs: z.number().meta({ description: 'Without a sign of life for longer than this the source does not answer' }),
  usualSilenceMs: z
    .number()
    .nullable()
    .meta({ description: 'The longest silence usual at this hour of the week (P99); null: not learnt yet' }),
});
export const readiness: z.ZodType<Readiness> = z.object({
  ready: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), detail: z.string() })),
  lag: z.number().nullable().meta({ description: 'Events taken and not yet folded, all partitions; null when a source cannot say' }),
  sources: z.array(sourceHealth),
  streams: z.array(streamFreshness),
  consumed: z.record(z.enum(['applied', 'older', 'duplicate', 'quarantined', 'skipped', 'tombstone']), z.number()),
  ledger: z
    .object({
      state: z.enum(['opening', 'ready', 'catching_up', 'rebuilding', 'unavailable']),
      position: z.int().meta({ description: 'The newest commit that figures of periods and of the past see' }),
      head: z.int().meta({ description: 'The newest commit' }),
      done: z.exactOptional(z.int().meta({ description: 'While it is rebuilt: facts and customers done' })),
      total: z.exactOptional(z.int().meta({ description: 'Of about how many' })),
      bytes: z.exactOptional(z.int().meta({ description: 'Of its files' })),
      detail: z.string(),
    })
    .meta({ description: 'The ledger behind the line' }),
  workspace: z.object({ demo: z.boolean() }),
  build: z.string(),
});

const quarantineRow: z.ZodType<QuarantineRow> = z.object({
  id: z.int(),
  state: z.enum(['open', 'replayed', 'discarded']),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  position: z.string(),
  topic: z.string(),
  eventId: z.string().nullable(),
  eventType: z.string().nullable(),
  source: z.string().nullable(),
  length: z.number(),
  sha256: z.string(),
  receivedAt: z.number(),
  closedBy: z.string().nullable(),
  closedReason: z.string().nullable(),
});
export const quarantineList = z.object({
  total: z.int().meta({ description: 'How many pass the filter in all' }),
  rows: z.array(quarantineRow),
  next: z.string().nullable().meta({ description: '`cursor` of the next page; null on the last one' }),
});
export const quarantineTask: z.ZodType<QuarantineTask> = z.object({
  id: z.string(),
  action: z.enum(['replay', 'discard']),
  state: z.enum(['running', 'done', 'stopped']),
  total: z.int().meta({ description: 'Open records that passed the filter when it began' }),
  done: z.int().meta({ description: 'How many of them it has worked on' }),
  closed: z.int().meta({ description: 'Closed as replayed or discarded' }),
  stillBad: z.int().meta({ description: 'Open still: bad again, or not all of their bytes were kept' }),
  waitsFor: z.string().nullable().meta({ description: 'Why it waits, such as `overloaded`; null while it goes on' }),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
});

export const sceneList = z.object({
  scenes: z.array(
    z.object({
      id: z.string(),
      path: z.string().meta({ description: 'Its page, pinned' }),
      view: z.enum(viewNames),
      groups: z.array(z.string()).meta({ description: 'Of the view, as pushed to screens' }),
      panels: z.array(z.string()).meta({ description: 'In reading order' }),
    }),
  ),
});

export const snapshot = z.object({
  view: z.enum(viewNames),
  epoch: z.string().meta({ description: 'Changes when the numbering starts over' }),
  revision: z.int(),
  state: z.record(z.string(), z.unknown()).meta({ description: 'The view’s groups, as pushed to screens' }),
  sentAt: z.number(),
});

export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().meta({ description: 'Stable; for programs' }),
  path: z.string().optional().meta({ description: 'The field or parameter at fault' }),
  present: z.unknown().optional().meta({ description: 'With 409: the state as it is now' }),
  instance: z.string().optional().meta({ description: 'With 500: the id the log knows it under' }),
});
