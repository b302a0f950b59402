import { describe, expect, it } from 'vitest';
import { demoWorld, DAY_MS } from '../../../../server/domain/demo/world.ts';
import { standupSteps } from '../../../../server/domain/demo/standup.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';

const calendar = createCalendar('Asia/Shanghai');
const week = Array.from({ length: 7 }, (_, i) => Date.parse('2026-11-23T09:30:00+08:00') + i * DAY_MS);

describe('the stand-up of the demo', () => {
  it.each(week)('at half past nine of each day of the week there are promises, answers of every kind and items (%d)', (now) => {
    const steps = standupSteps(demoWorld(1, now, calendar), now);
    const today = calendar.formatDay(calendar.dayOf(now));
    const dueToday = steps.filter((step) => step.kind === 'promise' && step.document.due?.day === today);
    expect(dueToday.length).toBeGreaterThanOrEqual(3);
    const yesterday = calendar.formatDay(calendar.dayOf(now) - 1);
    const due = new Set(steps.flatMap((step) => (step.kind === 'promise' && step.document.due?.day === yesterday ? [step.key] : [])));
    const answers = steps.flatMap((step) => (step.kind === 'answer' && due.has(step.of) ? [step.command.type] : []));
    expect(new Set(answers)).toEqual(new Set(['keep', 'miss', 'move']));
    const raised = steps.filter(({ kind }) => kind === 'item').length;
    const closed = steps.filter(({ kind }) => kind === 'close').length;
    expect(raised - closed).toBeGreaterThanOrEqual(2);
  });

  it('says each thing once, in order, and the same again', () => {
    const now = week[0] ?? 0;
    const steps = standupSteps(demoWorld(1, now, calendar), now);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length);
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(standupSteps(demoWorld(1, now, calendar), now)).toEqual(steps);
    const made = new Map(steps.map((step) => [step.key, step.at]));
    for (const step of steps) if (step.kind === 'answer' || step.kind === 'close') expect(made.get(step.of)).toBeLessThan(step.at);
  });
});
