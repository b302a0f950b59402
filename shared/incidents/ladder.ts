/**
 * The policy `ladder`: who is called when, as long as a story is not taken care of. Times count from when the duty begins.
 * A story keeps the steps it was opened with; whoever holds a role is looked up in the roster when a step fires.
 */
import * as z from 'zod';

/** Roles people are put on shifts for, in the order in which a ladder usually calls them. */
export const rosterRoles = ['duty', 'backup', 'lead', 'director'] as const;
export type RosterRole = (typeof rosterRoles)[number];

/** unclaimed: nobody has it · unanswered: no answer yet · breached: the response clock has run out without an answer in time · always: while the story is open. */
export const stepConditions = ['always', 'unclaimed', 'unanswered', 'breached'] as const;
export type StepCondition = (typeof stepConditions)[number];

const MAX_STEPS = 20;
const MAX_AFTER_MS = 30 * 86_400_000;

export const ladderStep = z.strictObject({
  afterMs: z.int().min(0).max(MAX_AFTER_MS).meta({ description: 'From when the duty begins' }),
  when: z.enum(stepConditions),
  to: z
    .array(z.enum(rosterRoles))
    .min(1)
    .refine((roles) => new Set(roles).size === roles.length, { error: 'a role is listed twice' }),
});
export type LadderStep = z.infer<typeof ladderStep>;

export const ladder = z.strictObject({ steps: z.array(ladderStep).min(1).max(MAX_STEPS) }).superRefine(({ steps }, context) =>
  steps.forEach(({ afterMs, when }, i) => {
    const earlier = steps[i - 1];
    const fail = (message: string) => context.addIssue({ code: 'custom', path: ['steps', i, 'afterMs'], message });
    if (earlier !== undefined && afterMs < earlier.afterMs)
      fail(`the step comes after ${afterMs} ms, before the one above it; steps stand in the order they fire in`);
    else if (steps.findIndex((other) => other.afterMs === afterMs && other.when === when) < i)
      fail('a step above has the same time and condition; one step may call several roles');
  }),
);
export type Ladder = z.infer<typeof ladder>;

const MINUTE_MS = 60_000;
export const defaultLadder: Ladder = {
  steps: [
    { afterMs: 0, when: 'always', to: ['duty'] },
    { afterMs: 15 * MINUTE_MS, when: 'unclaimed', to: ['backup'] },
    { afterMs: 60 * MINUTE_MS, when: 'unanswered', to: ['lead'] },
    { afterMs: 90 * MINUTE_MS, when: 'unanswered', to: ['director'] },
    { afterMs: 120 * MINUTE_MS, when: 'breached', to: ['duty', 'backup', 'lead', 'director'] },
  ],
};
