/** How grave a story is, as the API and the screens see it: a grade, and the parts whose points sum to the score behind it. */
import * as z from 'zod';
import { grades } from './grades.ts';
import { topics } from './topics.ts';

export const severityParts = ['reach', 'speed', 'source', 'topic', 'strength'] as const;
export type SeverityPartName = (typeof severityParts)[number];

const readOnly = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
const instant = z.number().meta({ description: 'UTC ms' });

export const severityPart = readOnly({
  part: z.enum(severityParts),
  points: z.number(),
  basis: z
    .record(z.string(), z.unknown())
    .readonly()
    .meta({ description: 'What the points follow from, such as {from: 50000}: the step that was reached' }),
});
export type SeverityPart = z.infer<typeof severityPart>;

export const severityView = readOnly({
  grade: z.enum(grades).meta({ description: 'The grade in force' }),
  computed: z.enum(grades).meta({ description: 'What the score and the floor come to, whatever a person set' }),
  score: z.number().meta({ description: 'The sum of the parts’ points' }),
  parts: z.array(severityPart).readonly(),
  floor: readOnly({ topic: z.enum(topics), grade: z.enum(grades) })
    .nullable()
    .meta({ description: 'The least grade of the story’s gravest topic; no person and no score goes below it' }),
  override: readOnly({
    grade: z.enum(grades),
    by: z.string(),
    reason: z.string(),
    at: instant,
    computed: z.enum(grades).meta({ description: 'What was computed when the person decided' }),
    score: z.number().meta({ description: 'The score of that moment' }),
  })
    .nullable()
    .meta({ description: 'Set by a person; it ends when the story grows beyond what the person saw' }),
});
export type SeverityView = z.infer<typeof severityView>;

/** What a story is taken for until its mentions were judged. */
export const unjudged: SeverityView = { grade: 'yellow', computed: 'yellow', score: 0, parts: [], floor: null, override: null };
