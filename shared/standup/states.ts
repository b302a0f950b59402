/** The words of the stand-up that pages and server share. This file imports nothing, because zod does not go into the browser's code. */

/** What became of a promise on a day it was due. A promise that got another date is `moved` on the day it was due before. */
export const dueStates = ['open', 'kept', 'missed', 'moved'] as const;
export type DueState = (typeof dueStates)[number];

/** What a promise is now: after a move it is open again, with another date. */
export const promiseStates = ['open', 'kept', 'missed'] as const;
export type PromiseState = (typeof promiseStates)[number];

export const itemStates = ['open', 'closed'] as const;
export type ItemState = (typeof itemStates)[number];

/** What can be done to a promise, and to an item that waits for another department. */
export const promiseCommandTypes = ['keep', 'miss', 'move', 'reopen'] as const;
export type PromiseCommandType = (typeof promiseCommandTypes)[number];
export const itemCommandTypes = ['close', 'reopen'] as const;
export type ItemCommandType = (typeof itemCommandTypes)[number];

/** An item that has waited for more days than this is marked. */
export const ITEM_LATE_DAYS = 3;
