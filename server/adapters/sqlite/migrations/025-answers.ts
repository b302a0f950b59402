/** What became of the response clocks that began on a day, and the last answer in time, are found without looking at the others. */
export const sql = `
create index clocks_by_beginning on clocks (started_at, state, fired_at, stopped_at) where name = 'response' and counts = 1;
create index clocks_answered on clocks (stopped_at) where name = 'response' and counts = 1 and state = 'met';
`;
