/**
 * Net sentiment that is still to be restated after a false alarm, or after a false alarm that was taken back: one row a
 * story, written with the command and removed when every mention says what people said.
 */
export const sql = `
create table sentiment_corrections (incident_id text primary key references incidents (id), polarity text not null, actor text not null,
  reason text not null, at integer not null) strict, without rowid;
`;
