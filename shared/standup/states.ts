/** The words of the stand-up that pages and server share. This file imports nothing, because zod does not go into the browser's code. */

/** What became of a promise on a day it was due. A promise that got another date is `moved` on the day it was due before. */
export const dueStates = ['open', 'kept', 'missed', 'moved'] as const;
export type DueState = (typeof dueStates)[number];

/** What a promise is now: after a move it is open again, with another date. */
export const promiseStates = ['open', 'kept', 'missed'] as const;

export const itemStates = ['open', 'closed'] as const;

/** An item that has waited for more days than this is marked. */
export const ITEM_LATE_DAYS = 3;
