/** The conditions under which a mention waits for a decision (补录待定), shared by what reads and what dismisses them. */

/** Negative, standing, and found too late to open a story by itself. */
export const OLD_NEGATIVES = `m.history = 1 and m.deleted = 0 and m.polarity = 'negative'`;

/** Takes the spellings of own brands as a JSON array. */
export const PENDING = `${OLD_NEGATIVES} and m.brand in (select value from json_each(?))
    and not exists (select 1 from incident_mentions i where i.mention_key = m.key)
    and not exists (select 1 from dismissed_mentions d where d.mention_key = m.key)`;
