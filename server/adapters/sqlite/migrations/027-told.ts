/**
 * Gaps of the roster that somebody was told of, by their beginning (UTC ms; 0 = nobody was ever on duty before), so that
 * nobody is told of one twice. Changes of the list of channels: who made them, when, why, and to what; no address and no
 * secret stands in them.
 */
export const sql = `
create table told_gaps (starts_at integer primary key, told_at integer not null) strict;
create table channel_changes (id integer primary key autoincrement, at integer not null, owner text, reason text,
  changes text not null) strict;
`;
