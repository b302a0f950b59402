/**
 * Every screen says how many quarantined mentions wait [I9]; among a hundred thousand other bad records that count would
 * read the whole table every few seconds. The condition stands in reads/records.ts word by word, which is how the index is found.
 */
export const sql = `
create index quarantine_mentions on quarantine (id)
  where state = 'open' and (topic = 'sentiment' or substr(event_type, 1, 10) = 'sentiment.') and event_type is not 'sentiment.deleted'
  and code <> 'id_conflict';
`;
