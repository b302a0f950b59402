/**
 * Numbers and names that the server and the pages share. This file imports nothing: the
 * shapes of the messages are zod schemas, and zod does not go into the browser's code.
 *
 * PROTOCOL_VERSION must rise with any change of a message or of a view that pages already show;
 * a test compares the hashes of the schemas. A view that is new is one more line of that test.
 * History: 1 · overview and incidents views, heartbeat.
 *          2 · the workspace is a message of its own (`welcome`); every scene carries the strip; the heartbeat counts quarantined mentions.
 *          3 · a cell of the strip has its severity, its round and the marks of a drill and a pause; the strip counts by urgency what it
 *              leaves out; the heartbeat tells the next hours with nobody on duty; stories say their severity, pause and stations;
 *              the month is held against the month before.
 */
export const PROTOCOL_VERSION = 3;
export const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for this long a screen turns amber, then grey [S2]. */
export const AMBER_AFTER_MS = 10_000;
export const GREY_AFTER_MS = 30_000;

/** Streams of facts people ask about by name. */
export const streams = ['orders', 'mentions', 'leads', 'spend', 'competitors'] as const;

/** A clock is `fire` below 15 minutes and `soon` below an hour. */
export const FIRE_BELOW_MS = 15 * 60_000;
export const SOON_BELOW_MS = 60 * 60_000;
