import { describe, expect, it } from 'vitest';
import { partsByPerson } from '../../../client/standup/people.ts';
import { inMeetingOrder, personBeside, stepBeside, stepsOf } from '../../../client/standup/steps.ts';
import { standupDayFixture as day } from '../../helpers/standup-answers.ts';

const names = (people: readonly { readonly who: string }[]) => people.map(({ who }) => who);

describe('the order of a meeting', () => {
  it('leads from person to person, then to what waits for others, then to the minutes, and ends there', () => {
    const people = [{ who: '何晚' }, { who: '许诺' }];
    const steps = stepsOf(people);
    const walked: string[] = [];
    for (let at = stepBeside(steps, { part: 'promises', who: null }, 1); at !== null; at = stepBeside(steps, at, 1))
      walked.push(at.who ?? at.part);
    expect(walked).toEqual(['何晚', '许诺', 'items', 'minutes']);
    expect(stepBeside(steps, { part: 'promises', who: '何晚' }, -1)).toBeNull();
    expect(stepBeside(steps, { part: 'items', who: null }, -1)).toEqual({ part: 'promises', who: '许诺' });
    expect(names(stepsOf([]).map(({ part }) => ({ who: part })))).toEqual(['promises', 'items', 'minutes']);
  });

  it('is kept while people answer: nobody who has not spoken is skipped', () => {
    const began = names(partsByPerson(day));
    const [first, second] = began;
    // The first person answers everything and would now stand behind those who still have something to answer.
    const answered = {
      ...day,
      carried: day.carried.map((row) => ({ ...row, state: 'kept' as const })),
      before: { ...day.before, rows: day.before.rows.map((row) => (row.who === first ? { ...row, state: 'kept' as const } : row)) },
    };
    const now = partsByPerson(answered);
    expect(names(now)).not.toEqual(began);
    const kept = inMeetingOrder(now, began);
    expect(names(kept)).toEqual(began);
    expect(personBeside(kept, first ?? null, 1)).toBe(second);
    expect(names(inMeetingOrder([{ who: '新人' }, ...now], began))).toEqual([...began, '新人']);
  });
});
