/**
 * Fingerprints by which new mentions find their stories: of every mention that stays lonely, and of each story those that
 * say something new. `incident_id` is the story a print was kept for, so that a story keeps few; where a mention is now is
 * what `incident_mentions` says. Stories of older programs have none and stay as they are.
 */
export const sql = `
create table story_prints (id integer primary key, mention_key text not null unique, incident_id text not null, alone integer not null,
  brand text not null, sku text, topic text not null, at integer not null, size integer not null, sketch blob not null,
  links text not null, keys text not null) strict;
create index story_prints_of on story_prints (incident_id) where alone = 0;
create index story_prints_by_time on story_prints (at);
create table story_bands (key integer not null, print integer not null, primary key (key, print)) strict, without rowid;
`;
