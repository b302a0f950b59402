/** The wall's 晨会 scene: what the day is for, what became of yesterday's promises, what waits for whom, and the weak link of the funnel. */
import * as z from 'zod';
import { dueStates } from '../../standup/states.ts';
import { kpiStates, kpiUnits } from '../../kpi/types.ts';
import { group, instant, list } from '../shape.ts';
import { promisesGroup } from './promises.ts';
import { sentenceGroup } from './sentence.ts';
import { stripGroup } from './strip.ts';

/** A target of today, and what its month has done so far. */
const countGoal = group({
  kpi: z.string(),
  unit: z.enum(kpiUnits),
  /** In both languages where the page has no word of its own. */
  name: group({ zh: z.string(), en: z.string() }),
  target: z.number(),
  /** The period's own target, or an even share of the month's. */
  basis: z.enum(['own', 'month_share']),
  /** So far today. */
  done: z.number().nullable(),
  /** So far this month, and its target; null without one. */
  month: group({ value: z.number().nullable(), target: z.number(), pace: z.number().nullable() }).nullable(),
});
export type CountGoal = z.infer<typeof countGoal>;

export const goalsGroup = group({
  /** Business day, YYYY-MM-DD. */
  day: z.string(),
  /** Today's plan of net sales, and what the month still lacks of its target (below 0 once it has more). */
  sales: group({
    target: z.number(),
    basis: z.enum(['own', 'month_share', 'quarter_share', 'year_share']),
    monthLeft: z.number().nullable(),
  }).nullable(),
  leads: countGoal.nullable(),
  /** The first other KPI with a target of its own for today. */
  other: countGoal.nullable(),
  /** Promises due today. */
  due: z.int(),
});
export type GoalsGroup = z.infer<typeof goalsGroup>;

const answered = group({ id: z.string(), title: z.string(), who: z.string(), state: z.enum(dueStates), dueAt: instant });

export const keptGroup = group({
  /** The last workday before today, YYYY-MM-DD; `adjacent`: it is the calendar's yesterday. */
  since: z.string(),
  adjacent: z.boolean(),
  due: z.int(),
  kept: z.int(),
  missed: z.int(),
  moved: z.int(),
  /** Nobody has said yet what became of them. */
  open: z.int(),
  /** Missed ones first, then those moved, then those nobody answered; as many as are named. */
  rows: list(answered),
});
export type KeptGroup = z.infer<typeof keptGroup>;

export const funnelStages = ['acquire', 'convert', 'retain'] as const;

export const stageRow = group({
  stage: z.enum(funnelStages),
  kpi: z.string(),
  period: z.string(),
  unit: z.enum(kpiUnits),
  value: z.number().nullable(),
  /** What is held against by now: of a count the elapsed share of the target, of a rate the target. */
  target: z.number().nullable(),
  /** value ÷ target; null without both, or with too small a sample. */
  attainment: z.number().nullable(),
  sample: z.int(),
  /** Of the conversion: the share of the leads old enough to have come to their end. */
  maturity: z.number().nullable(),
  /** Customers that the stage is short of by now; below 0 where it has more. */
  short: z.number().nullable(),
});
export type StageRow = z.infer<typeof stageRow>;

export const weakLinkGroup = group({
  stages: list(stageRow),
  /**
   * The stage that is short of the most customers, and of how many; `direct` are those who come without a lead, a stage
   * without a row. null where none is short.
   */
  weak: group({ stage: z.enum([...funnelStages, 'direct']), short: z.number() }).nullable(),
});
export type WeakLinkGroup = z.infer<typeof weakLinkGroup>;

export const itemRow = group({
  id: z.string(),
  department: z.string(),
  matter: z.string(),
  effect: z.string().nullable(),
  contact: z.string(),
  since: instant,
  /** Business days the calendar turned since then; 0 = today. */
  days: z.int(),
});
export type ItemRow = z.infer<typeof itemRow>;

export const itemsGroup = group({
  /** The oldest first, as many as fit. */
  rows: list(itemRow),
  total: z.int(),
  /** Of all, those that have waited for more than three days. */
  late: z.int(),
});
export type ItemsGroup = z.infer<typeof itemsGroup>;

/** What changed since the last workday, by rule. */
export const sinceGroup = group({
  since: z.string(),
  /** Net sales of the last workday against the like day before it (`like`, YYYY-MM-DD), and how much orders and refunds add to the difference. */
  sales: group({
    net: z.number(),
    like: z.string(),
    difference: z.number(),
    orders: z.number(),
    refunds: z.number(),
    /** How final that day is: it takes late facts as ordinary ones until it closes. */
    state: z.enum(kpiStates),
  }).nullable(),
  /** Stories opened since that day began. */
  stories: z.int(),
  /** Closed days of the month whose net sales later facts changed since then, and by how much together. */
  restated: group({ days: z.int(), difference: z.number() }).nullable(),
});
export type SinceGroup = z.infer<typeof sinceGroup>;

export const standupState = group({
  sentence: sentenceGroup,
  goals: goalsGroup,
  kept: keptGroup,
  weakLink: weakLinkGroup,
  items: itemsGroup,
  owed: promisesGroup,
  since: sinceGroup,
  /** The number of the last thing that was said: a page that shows more than the wall asks again when it rises. */
  said: group({ seq: z.int() }),
  strip: stripGroup,
});
export type StandupState = z.infer<typeof standupState>;
export type StandupGroup = keyof StandupState;
