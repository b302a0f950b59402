/**
 * What was delivered, and what of it speaks for a question. A question stands in the table `question`: what it asks and when
 * (`as_of`, `known_at`, UTC ms). Every other table of the oracle has a column `q` and holds the state of the facts for that question.
 */

/** Business day of an instant, first instant of a business day (R1), and a quotient with its reason where there is none (R28). */
export const macros = `
create macro field(data, name) as json_extract_string(data, '$.' || name);
create macro business_day(zone, instant) as cast(timezone(zone, to_timestamp(instant / 1000.0)) as date);
create macro start_of_day(zone, day) as epoch_ms(timezone(zone, cast(day as timestamp)));
create macro quotient(n, d) as case when d > 0 then cast(n as double) / cast(d as double) end;
create macro no_quotient(d) as case when d = 0 then 'no_denominator' when d < 0 then 'negative_denominator' end;
create macro attributed(campaign, by_dim, where_dim) as campaign is not null or coalesce(by_dim = 'campaign', false) or coalesce(where_dim = 'campaign', false);
create macro year_before(grain) as case grain when 'week' then interval 364 day else interval 1 year end;
create macro name_of(grain, day) as case grain when 'week' then strftime(day, '%G-W%V') when 'month' then strftime(day, '%Y-%m')
  when 'quarter' then concat(year(day), '-Q', quarter(day)) when 'year' then strftime(day, '%Y') else strftime(day, '%Y-%m-%d') end;
create macro in_period(day, from_day, to_day) as day >= from_day and day < to_day;
`;

export const delivered = `
create table event_set (seed integer, zone varchar, made_at bigint);
create table delivered (seed integer, seq integer, received bigint, source varchar, type varchar, happened bigint, data json);
create table target (seed integer, kpi varchar, grain varchar, period varchar, dim varchar, dim_value varchar, value bigint, set_at bigint);
create table clock (seed integer, due_at bigint, state varchar, stopped_at bigint);
create table own_brand (name varchar);
create table tracked_brand (name varchar);
create table question (
  q integer, seed integer, grain varchar, period varchar, day date, as_of bigint, known_at bigint,
  by_dim varchar, where_dim varchar, where_value varchar
);
`;

/**
 * Accepted versions. All types that speak of an order share one sequence of versions, and so do those of a mention; a status of a
 * lead is a sequence of its own (7-CONTRACT, “Key”). Of one version the first to come stays. More than two minutes ahead is not taken (I8).
 */
export const versions = `
create table version as
with known as (
  select *,
    case when type like 'sales.order.paid' or type = 'sales.order.cancelled' then 'order'
         when type like 'sentiment.%' then 'mention' else type end as kind,
    case
      when type in ('sales.order.paid', 'sales.order.cancelled') then field(data, 'orderId')
      when type = 'sales.order.refunded' then field(data, 'refundId')
      when type like 'lead.%' then field(data, 'leadId')
      when type like 'sentiment.%' then field(data, 'mentionId')
      when type in ('campaign.planned', 'campaign.phase', 'campaign.ended') then field(data, 'campaignId')
      when type = 'campaign.spend' then field(data, 'entryId')
      when type = 'campaign.engagement' then concat_ws(' ', field(data, 'campaignId'), field(data, 'platform'), field(data, 'contentId'))
      when type = 'audience.engaged' then field(data, 'engagementId')
      when type = 'traffic.daily' then concat_ws(' ', field(data, 'date'), field(data, 'channel'))
    end as key,
    cast(field(data, 'version') as bigint) as number
  from delivered
  where happened <= received + 120000
), first_to_come as (
  select *, row_number() over (partition by seed, kind, source, key, number order by seq) as place from known where key is not null
)
select row_number() over (order by seed, seq) as v, seed, kind, source, key, type, number, received, data,
  -- Visits of a day happen at its end (R28).
  case type when 'traffic.daily' then start_of_day(zone, cast(field(data, 'date') as date) + 1) else happened end as happened
from first_to_come join event_set using (seed)
where place = 1;
`;

/**
 * Questions with their periods. Beside each stand the same question as it was known when its period closed (7-CONTRACT: days 48 h after
 * their end and weeks with them, months, quarters and years when the 5th of the next month begins), and the questions their growth is
 * measured against (R19, R27).
 */
export const questions = `
create table asked as
with period as (
  select *, cast(date_trunc(grain, day) as date) as from_day,
    cast(date_trunc(grain, day) + case grain when 'day' then interval 1 day when 'week' then interval 7 day when 'month' then interval 1 month
      when 'quarter' then interval 3 month else interval 1 year end as date) as to_day
  from question join event_set using (seed)
), timed as (
  select *, start_of_day(zone, from_day) as from_at, start_of_day(zone, to_day) as to_at,
    case when grain in ('day', 'week') then start_of_day(zone, to_day) + 48 * 3600000::bigint else start_of_day(zone, to_day + 4) end as closes_at
  from period
), asked_then as (
  select q, cast(null as integer) as base_of, null as base, * exclude (q) from timed
  union all
  select 3000000 + q, q, 'closed', * exclude (q) replace (closes_at as known_at) from timed
  where least(as_of, known_at) >= closes_at and to_at > made_at
), previous as (
  select * replace (cast(date_trunc(grain, from_day - 1) as date) as from_day, from_day as to_day,
    case when as_of >= to_at then as_of else start_of_day(zone, cast(date_trunc(grain, from_day - 1) as date)) + as_of - from_at end as as_of)
  from asked_then
), year_before as (
  select * replace (cast(from_day - year_before(grain) as date) as from_day, cast(to_day - year_before(grain) as date) as to_day,
    case when as_of >= to_at then as_of else start_of_day(zone, cast(from_day - year_before(grain) as date)) + as_of - from_at end as as_of)
  from asked_then
), everything as (
  select * from asked_then
  union all select * replace (10000000 + q as q, q as base_of, 'previous' as base) from previous
  union all select * replace (20000000 + q as q, q as base_of, 'year' as base) from year_before
)
select * replace (start_of_day(zone, from_day) as from_at, start_of_day(zone, to_day) as to_at, name_of(grain, from_day) as period) from everything;

-- The target of a question's period (R22): of the whole, or of one value of the one dimension the question names.
create view goal as
select q, kpi, case when by_dim is not null then dim_value end as cell, value
from (
  select asked.*, target.*, row_number() over (partition by q, kpi, dim, dim_value order by set_at desc) as place
  from asked join target using (seed, grain, period) where set_at <= known_at
)
where place = 1 and (
  (dim is null and by_dim is null and where_dim is null)
  or (dim = by_dim and where_dim is null) or (by_dim is null and dim = where_dim and dim_value = where_value)
);
`;

/** Of each event type of a fact the highest version known by \`known_at\` speaks, from its own time on (R21). */
export const slots = `
create table slot as
select q, v, kind, source, key, type, number, happened, business_day(zone, happened) as day
from (
  select asked.q, asked.as_of, asked.zone, version.*,
    row_number() over (partition by asked.q, kind, source, key, type order by number desc) as place
  from asked join version on version.seed = asked.seed and received <= known_at
  -- Of engagement totals the highest version that has happened speaks (R28).
  where type <> 'campaign.engagement' or happened <= as_of
)
where place = 1 and happened <= as_of;
`;
