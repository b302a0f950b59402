/**
 * The steps by which a story calls people, each with its deadline. `roles` and `people` are JSON lists; `state` is armed ·
 * fired · stopped. Stories that were open before have none: their breach is told to everyone on the roster all the same.
 */
export const sql = `
create table escalation_steps (incident_id text not null, generation integer not null, name text not null, round integer not null,
  waits_for text not null, roles text not null, started_at integer not null, after_ms integer not null, due_at integer not null,
  state text not null, fired_at integer, people text not null, primary key (incident_id, generation, name)) strict, without rowid;
create index escalation_steps_due on escalation_steps (due_at, incident_id, name) where state = 'armed';
`;
