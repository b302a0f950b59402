/** Answers that people have begun, one for each person and story, and mentions of 补录待定 that people decided to leave. */
export const sql = `
create table incident_drafts (
  incident_id text not null,
  person text not null,
  text text not null,
  links text not null,
  updated_at integer not null,
  primary key (incident_id, person)
) strict, without rowid;
create table dismissed_mentions (
  mention_key text primary key,
  actor text not null,
  reason text not null,
  at integer not null
) strict, without rowid;
`;
