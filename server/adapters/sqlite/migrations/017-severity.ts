/**
 * Sums beside each story that its severity follows from; a story without a row is counted anew when it changes. Spikes of
 * brands: `ended_at` is null while one is on. A table of its own, because lists and commands never read the sums.
 */
export const sql = `
create table story_severity (incident_id text primary key references incidents (id), counters text not null) strict, without rowid;
create table spikes (brand text not null, started_at integer not null, ended_at integer, found_at integer not null,
  negative integer not null, total integer not null, usual real not null, primary key (brand, started_at)) strict, without rowid;
`;
