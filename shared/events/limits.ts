/** Limits of what comes in [I13], the same at every entrance: each has its one name and its one value here. */

/** Bytes of one event. */
export const MAX_EVENT_BYTES = 65_536;
/** Bytes of a Kafka value, which may hold more than the event that is made of it. */
export const MAX_KAFKA_VALUE_BYTES = 262_144;
/** Levels of nesting. */
export const MAX_DEPTH = 32;
/** Bytes and items of one HTTP batch. */
export const MAX_BATCH_BYTES = 1_048_576;
export const MAX_BATCH_ITEMS = 500;
/** Bytes of a record that quarantine keeps. */
export const MAX_KEPT_BYTES = 65_536;
/** Minor units of one amount: sums of a record stay below 2⁵³, so that every store and browser counts them exactly. */
export const MAX_MONEY = 9_000_000_000_000_000;
/** Code points of an id. */
export const MAX_ID = 200;
