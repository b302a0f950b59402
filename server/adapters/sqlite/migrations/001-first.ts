/**
 * The first shape of the store. Facts are rowid tables with a unique key and the
 * facets as columns, so that arrival order is disk order: batches append. An index
 * of `orders` in another order costs a page write per order once it has outgrown what
 * a batch touches: more than all the rest of an order. Hence `orders_by_day` has the
 * rowid second, which makes its inserts appends, and `orders_by_customer` begins with
 * a generation of 32,768 orders, so that inserts stay within its last two hundred pages;
 * looking a customer up costs a probe per generation, and is rare.
 */
const fact = 'id integer primary key, key text not null unique, versions text not null';

export const sql = `
create table meta (name text primary key, value text not null) strict, without rowid;
create table counters (name text primary key, value integer not null) strict, without rowid;
insert into counters (name, value) values ('change', 0), ('incident', 0);

create table orders (${fact}, paid_at integer, day integer, cancelled_at integer, buyer_id text, customer_id text, lead_id text,
  channel text, region text, campaign_id text, counts integer not null, live integer not null,
  over_refunded integer not null) strict;
create index orders_by_day on orders (day, id, paid_at, counts, live, channel, region, campaign_id, customer_id, buyer_id);
create index orders_by_customer on orders (id >> 15, customer_id, paid_at) where live = 1;
create index orders_by_lead on orders (lead_id) where lead_id is not null;
create index orders_over_refunded on orders (paid_at) where over_refunded = 1;
create index orders_by_cancellation on orders (cancelled_at) where cancelled_at is not null;

create table refunds (${fact}, order_key text not null, at integer not null, day integer not null, amount integer not null) strict;
create index refunds_by_order on refunds (order_key);
create index refunds_by_time on refunds (at);

create table leads (${fact}, lead_id text not null, at integer not null, day integer not null, channel text not null, region text,
  campaign_id text, customer_id text, contact_hash text) strict;
create index leads_by_id on leads (lead_id);
create index leads_by_time on leads (at);

create table lead_statuses (${fact}, lead_id text not null, type text not null, at integer not null, day integer not null,
  customer_id text) strict;
create index lead_statuses_by_customer on lead_statuses (customer_id, at) where customer_id is not null;
create index lead_statuses_signed on lead_statuses (lead_id) where type = 'lead.signed';
create index lead_statuses_by_time on lead_statuses (at);

create table mentions (${fact}, at integer, day integer, brand text, platform text, story_id text, campaign_id text,
  polarity text not null, deleted integer not null, history integer not null) strict;
create index mentions_by_time on mentions (at, brand, polarity, deleted);
create index mentions_pending on mentions (at, brand) where history = 1 and deleted = 0 and polarity = 'negative';

create table campaigns (${fact}, campaign_id text not null, at integer not null) strict;
create table campaign_phases (${fact}, campaign_id text not null, at integer not null) strict;
create table campaign_ends (${fact}, campaign_id text not null, at integer not null) strict;

create table spend (${fact}, at integer not null, day integer not null, campaign_id text, channel text not null,
  spend_kind text not null, line text not null, amount integer not null) strict;
create index spend_by_time on spend (at);

create table engagement (${fact}, at integer not null, campaign_id text not null, platform text not null, reads integer not null,
  likes integer not null, shares integer not null) strict;
create index engagement_by_campaign on engagement (campaign_id, reads, likes, shares);

create table audience (${fact}, at integer not null, person_id text not null) strict;
create table moves (${fact}, at integer not null, competitor text not null) strict;
create index moves_by_time on moves (at);
create table traffic (${fact}, at integer not null, day integer not null, channel text not null, visits integer not null, organic integer not null) strict;
create table content (${fact}, at integer not null, day integer not null, platform text not null) strict;

create table fact_history (kind text not null, key text not null, version integer not null, text text not null,
  primary key (kind, key, version)) strict, without rowid;

create table customers (customer_id text primary key, at integer not null, day integer not null, channel text, region text) strict, without rowid;

create table cells (family text not null, bucket integer not null, dims text not null,
  m0 integer not null default 0, m1 integer not null default 0, m2 integer not null default 0, m3 integer not null default 0,
  primary key (family, bucket, dims)) strict, without rowid;

create table incidents (id text primary key, story_key text not null unique, number integer not null unique, version integer not null,
  status text not null, title text not null, brand text not null, story_id text, opened_at integer not null, published_at integer not null,
  detected_at integer not null, owner text, response text, resolved_at integer) strict, without rowid;
create index incidents_by_status on incidents (status, opened_at);
create table incident_mentions (incident_id text not null references incidents (id), ordinal integer not null, mention_key text not null,
  primary key (incident_id, ordinal)) strict, without rowid;
create index incident_mentions_by_key on incident_mentions (mention_key);
create table clocks (incident_id text not null references incidents (id), name text not null, generation integer not null,
  started_at integer not null, due_at integer not null, state text not null, fired_at integer, lateness_ms integer, stopped_at integer,
  primary key (incident_id, name, generation)) strict, without rowid;
create index clocks_armed on clocks (due_at) where state = 'armed';

create table audit (seq integer primary key autoincrement, incident_id text not null, at integer not null, actor text not null,
  action text not null, detail text not null) strict;
create index audit_by_incident on audit (incident_id, seq);
create trigger audit_keeps_lines before update on audit begin select raise(abort, 'audit lines are never changed'); end;
create trigger audit_loses_none before delete on audit begin select raise(abort, 'audit lines are never deleted'); end;

create table command_answers (command_id text primary key, answer text not null, at integer not null) strict, without rowid;
create table outbox (key text primary key, kind text not null, payload text not null, created_at integer not null) strict, without rowid;

create table quarantine (id integer primary key autoincrement, state text not null default 'open', code text not null, path text not null,
  message text not null, position text not null, topic text not null, event_id text, event_type text, source text, length integer not null,
  sha256 text not null, raw blob not null, received_at integer not null, closed_by text, closed_reason text, closed_at integer) strict;
create index quarantine_by_state on quarantine (state, id);

create table raw_blocks (id integer primary key, first_received_at integer not null, last_received_at integer not null,
  records integer not null, block blob not null) strict;
create index raw_blocks_by_age on raw_blocks (last_received_at);

create table streams (stream text primary key, received_at integer not null, occurred_at integer not null) strict, without rowid;
create table offsets (topic text not null, "partition" integer not null, epoch integer not null, next_offset integer,
  primary key (topic, "partition")) strict, without rowid;
create table gaps (topic text not null, "partition" integer not null, expected integer not null, oldest integer not null, at integer not null,
  primary key (topic, "partition", expected, oldest)) strict, without rowid;
create table attempts (position text primary key, tries integer not null) strict, without rowid;

create table policies (name text not null, version integer not null, value text not null, owner text not null, reason text not null,
  effective_from integer not null, set_at integer not null, primary key (name, version)) strict, without rowid;
create table targets (id integer primary key, kpi text not null, grain text not null, period text not null, dimension text not null,
  effective_at integer not null, set_at integer not null, document text not null) strict;
create index targets_in_force on targets (kpi, grain, period, dimension, effective_at);

create table change_log (number integer primary key, touched text not null, at integer not null) strict;

create table log_records (topic text not null, "offset" integer not null, key text not null, value blob not null, appended_at integer not null,
  primary key (topic, "offset")) strict, without rowid;
create table log_ends (topic text primary key, next_offset integer not null, first_offset integer not null) strict, without rowid;
`;
