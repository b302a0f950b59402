/**
 * Screens on walls with their names and last reports (JSON); and of each generation of a red story, when a screen painted it
 * first, and when the ladder was called because none had.
 */
export const sql = `
create table screens (id text primary key, name text, registered_at integer not null, seen_at integer not null, report text) strict, without rowid;
create table painted_stories (incident_id text not null, generation integer not null, painted_at integer, screen_id text, called_at integer,
  primary key (incident_id, generation)) strict, without rowid;
`;
