/** KPI, target and policy answers, as schemas for the published description. */
import * as z from 'zod';
import { policyNames, target } from '../../../../shared/kpi/targets.ts';
import {
  grains,
  type KpiAnswer,
  kpiDimensions,
  kpiReasons,
  kpiStates,
  kpiUnits,
  nodesFrom,
  planCurves,
} from '../../../../shared/kpi/types.ts';
import type { PolicyVersion, TargetChange } from '../../../pipeline/services/setting-services.ts';

export const kpiValue = z.object({
  kpi: z.string(),
  period: z.object({
    grain: z.enum(grains),
    start: z.iso.date().meta({ description: 'First business day' }),
    end: z.iso.date().meta({ description: 'The business day after the last' }),
  }),
  dimension: z.partialRecord(z.enum(kpiDimensions), z.string().nullable()).nullable(),
  value: z.number().nullable().meta({ description: 'Money in minor units, ratios unrounded; null with a reason' }),
  unit: z.enum(kpiUnits),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  state: z.enum(kpiStates).meta({ description: 'restated: facts received after the period closed changed its figure' }),
  closedValue: z.number().nullable().exactOptional().meta({ description: 'With restated: the value as the period closed' }),
  sample: z.number(),
  ruleVersion: z.int(),
  target: z.number().exactOptional(),
  reason: z.enum(kpiReasons).exactOptional(),
  maturity: z.number().exactOptional().meta({ description: 'Share old enough to have come to its end; below 1 the value is provisional' }),
  coverage: z.number().exactOptional().meta({ description: 'Share of the sum for which what the formula needs is known' }),
  excluded: z.number().exactOptional().meta({ description: 'How many things were left out, such as clocks a false alarm lifted' }),
  components: z
    .array(z.object({ kpi: z.string(), value: z.number().nullable(), points: z.number().nullable(), weight: z.number() }))
    .exactOptional()
    .meta({ description: 'What a composed value is made of; a part without a value has no weight in it' }),
  curve: z.enum(planCurves).exactOptional().meta({ description: 'How the plan that the figure is held against is spread over the period' }),
  nodesFrom: z.enum(nodesFrom).exactOptional().meta({
    description:
      'Of a channel or another part: whose past says what the days of nodes in that plan are worth, its own or that of the whole',
  }),
  others: z.int().exactOptional().meta({ description: 'Of the cell 其他 of a dimension with more than 200 cells: how many it holds' }),
});
export const kpiAnswer: z.ZodType<KpiAnswer> = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  values: z.array(kpiValue),
});

export const targetList = z.object({
  targets: z.array(target),
  defaults: z
    .array(z.object({ kpi: z.string(), grain: z.enum(grains), value: z.number() }))
    .meta({ description: 'Targets of growth that stand where none is set' }),
});
const beforeAfter = z.object({ before: z.number().nullable(), after: z.number().nullable() });
const targetChange: z.ZodType<TargetChange> = z.object({
  target,
  change: z.enum(['added', 'superseded', 'unchanged', 'not_in_force']).meta({
    description: 'not_in_force: kept for the record; the one that stands takes effect later than this one, and stays in force',
  }),
  previousValue: z.number().nullable(),
  effect: z
    .object({ value: z.number().nullable(), attainment: beforeAfter, pace: beforeAfter.nullable() })
    .exactOptional()
    .meta({ description: 'Of a dry run: the KPI so far, and its attainment and pace before and after the change' }),
});
export const targetChanges = z.object({ dryRun: z.boolean(), changes: z.array(targetChange) });

const policyChange: z.ZodType<PolicyVersion['history'][number]> = z.object({
  version: z.int().min(1),
  value: z.unknown(),
  owner: z.string(),
  reason: z.string(),
  effectiveFrom: z.number().meta({ description: 'UTC ms' }),
  setAt: z.number().meta({ description: 'UTC ms' }),
});
export const policyVersion: z.ZodType<PolicyVersion> = z.object({
  name: z.enum(policyNames),
  value: z.unknown().meta({ description: 'Shaped by the policy’s name' }),
  version: z.int().min(0).meta({ description: '0 = the default stands' }),
  owner: z.string().nullable(),
  reason: z.string().nullable(),
  effectiveFrom: z.number().nullable().meta({ description: 'UTC ms' }),
  history: z.array(policyChange).meta({ description: 'Every version that was set, oldest first' }),
});
