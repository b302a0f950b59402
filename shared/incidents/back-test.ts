/** What a rule would have done over past days, beside what the rule in force does over the same days. */
import * as z from 'zod';
import { grades } from './grades.ts';

export const backTestNames = ['severity', 'spike', 'words', 'grouping', 'ladder'] as const;
export type BackTestName = (typeof backTestNames)[number];

const readOnly = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
const rows = <T extends z.ZodType>(row: T) => z.array(row).readonly();
const instant = z.number().meta({ description: 'UTC ms' });

export const backTestRun = readOnly({
  cases: z.int().meta({ description: 'Cases the rule would have opened: stories, or spikes for the policy spike' }),
  casesByHour: rows(z.int()).meta({ description: '24 numbers: cases by the hour of the business day they open in' }),
  casesByDay: rows(readOnly({ day: z.string(), cases: z.int() })).meta({ description: 'Business days, YYYY-MM-DD, those with cases' }),
  grades: z.record(z.enum(grades), z.int()).readonly().meta({ description: 'Cases by the gravest grade they would have reached' }),
  uncoveredClocks: z.int().meta({ description: 'Clocks whose first call would have found nobody on duty' }),
  uncovered: rows(readOnly({ code: z.string().nullable(), title: z.string(), at: instant })).meta({
    description: 'The newest of them, at most 20',
  }),
  channels: rows(
    readOnly({
      channel: z.string(),
      messages: z.int(),
      busiestMinute: z.int().meta({ description: 'Messages in the fullest minute' }),
      perMinute: z.int().nullable().meta({ description: 'Limit of the channel a minute; null where none is known' }),
    }),
  ),
  falseShare: z
    .number()
    .nullable()
    .meta({ description: 'Share of the cases that people later called a false alarm; null without any decided case' }),
  decided: z.int().meta({ description: 'Cases that people have closed, in either way' }),
});
export type BackTestRun = z.infer<typeof backTestRun>;

export const backTestResult = readOnly({
  policy: z.enum(backTestNames),
  from: instant,
  to: instant,
  mentions: z.int().meta({ description: 'Stored mentions that were looked at' }),
  proposed: backTestRun,
  inForce: backTestRun,
  differs: rows(
    readOnly({
      incidentId: z.string().nullable(),
      code: z.string().nullable(),
      title: z.string(),
      inForce: z.enum(grades).nullable(),
      proposed: z.enum(grades).nullable(),
    }),
  ).meta({ description: 'Cases the two rules decide otherwise, the gravest first, at most 50; null = no case' }),
  differing: z.int().meta({ description: 'How many such cases there are' }),
  tookMs: z.number(),
});
export type BackTestResult = z.infer<typeof backTestResult>;

export const backTestRequest = z.object({ value: z.unknown(), days: z.int().min(1).max(90).default(30) });
export type BackTestRequest = z.infer<typeof backTestRequest>;
