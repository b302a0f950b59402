import { describe, expect, it } from 'vitest';
import { isUnshown, redSince, type RedStory } from '../../../../server/domain/screens/unshown.ts';

const MINUTE = 60_000;
const DUE = 1_000 * MINUTE;
const story: RedStory = {
  ...{ incidentId: 'i1', generation: 1, openedAt: DUE - 120 * MINUTE, startedAt: DUE - 120 * MINUTE, dueAt: DUE },
  ...{ paintedAt: null, calledAt: null },
};
const rule = { budgetMs: MINUTE, since: 0, namedScreens: 1 };
const red = DUE - 15 * MINUTE;

describe('a red story that no screen painted', () => {
  it('[SC2] is red from fifteen minutes before its deadline, and from its opening or re-opening where that was later', () => {
    expect(redSince(story)).toBe(red);
    expect(redSince({ ...story, openedAt: red + 1 })).toBe(red + 1);
    expect(redSince({ ...story, startedAt: red + 2 })).toBe(red + 2);
  });

  it('[SC2] calls the ladder when the budget is over: never early', () => {
    expect(isUnshown(story, rule, red + MINUTE - 1)).toBe(false);
    expect(isUnshown(story, rule, red + MINUTE)).toBe(true);
    expect(isUnshown(story, rule, DUE + 600 * MINUTE)).toBe(true);
  });

  it('[SC2] calls nobody where a screen painted it or the ladder was called already: never twice', () => {
    expect(isUnshown({ ...story, paintedAt: red + 1 }, rule, DUE)).toBe(false);
    expect(isUnshown({ ...story, calledAt: red + MINUTE }, rule, DUE)).toBe(false);
  });

  it('[SC2] expects nothing of a wall nobody has named', () => {
    expect(isUnshown(story, { ...rule, namedScreens: 0 }, DUE)).toBe(false);
  });

  it('[SC2] counts the budget anew from a start of the server, since screens could not report while it was away', () => {
    const since = red + 10 * MINUTE;
    expect(isUnshown(story, { ...rule, since }, since + MINUTE - 1)).toBe(false);
    expect(isUnshown(story, { ...rule, since }, since + MINUTE)).toBe(true);
  });
});
