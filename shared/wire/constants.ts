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
 *          4 · the freshness of a stream tells the life of its source apart from the age of its last event; one connection
 *              carries several views (`views=` in the handshake); the workspace says how its walls rotate; the strip tells how the
 *              stories of today and yesterday were answered, the last answer in time and the nearest deadline that nobody claimed.
 *          5 · of a group that is a list a patch carries the rows that changed.
 */
export const PROTOCOL_VERSION = 5;
export const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for this long a screen turns amber, then grey [S2]. */
export const AMBER_AFTER_MS = 10_000;
export const GREY_AFTER_MS = 30_000;

/**
 * A sign of life is looked for this often and told with the next heartbeat, so that a budget below the sum of a few of
 * both would find every source dead now and then.
 */
export const LEAST_LIFE_MS = 3 * HEARTBEAT_MS;

/** Streams of facts people ask about by name. */
export const streams = ['orders', 'mentions', 'leads', 'spend', 'competitors'] as const;

/** A clock is `fire` below 15 minutes and `soon` below an hour. */
export const FIRE_BELOW_MS = 15 * 60_000;
export const SOON_BELOW_MS = 60 * 60_000;

/** The problem of a demo whose past is still being sent: what rests on it is not whole yet. */
export const HISTORY_LOADING = 'history_loading';

/** So many days back the board can be seen as it was. */
export const BOARD_DAYS = 90;
