/** Totals of contents, people who engaged, and what people did: leads created and orders paid, by everyone they are known as. */

export const attention = `
create table engagement as
select slot.q, slot.day, slot.happened, field(data, 'campaignId') as campaign, field(data, 'platform') as platform,
  cast(field(data, 'reads') as bigint) as reads, cast(field(data, 'likes') as bigint) as likes, cast(field(data, 'shares') as bigint) as shares
from slot join version using (v) where slot.type = 'campaign.engagement';

create table engaged as
select slot.q, slot.day, slot.happened, field(data, 'personId') as person, field(data, 'campaignId') as campaign,
  field(data, 'platform') as platform, field(data, 'touch') as touch
from slot join version using (v) where slot.type = 'audience.engaged';

create table deed as
with known_as as (
  select q, happened, touch = 'earned' as earned, false as an_order, unnest([customer, contact]) as person from lead
  union all
  select q, happened, false, true, unnest([buyer, customer]) from paid_order
), standing as (
  -- The first order ever that is neither cancelled nor fully refunded.
  select q, person, min(happened) as first from (select q, happened, unnest([buyer, customer]) as person from holding) group by all
)
select q, person, happened, earned, an_order and coalesce(happened = standing.first, false) as first_order
from known_as left join standing using (q, person) where person is not null;

-- Days of warm-up and burst as planned, up to the day the campaign ended; ids of campaigns hold across sources. Always-on ones have none.
create table window_day as
with speaking as (
  select slot.q, slot.key as campaign, slot.type, slot.day, data,
    row_number() over (partition by slot.q, slot.key, slot.type order by slot.number desc, slot.source) as place
  from slot join version using (v) where slot.type in ('campaign.planned', 'campaign.ended')
), plan as (
  select q, campaign, data from speaking where type = 'campaign.planned' and place = 1 and field(data, 'kind') <> 'always-on'
), span as (
  select q, campaign, field(data, 'phases.warmup.from') as first, field(data, 'phases.warmup.to') as last from plan
  union all select q, campaign, field(data, 'phases.burst.from'), field(data, 'phases.burst.to') from plan
)
select distinct span.q, cast(unnest(generate_series(cast(first as timestamp), least(cast(last as timestamp), cast(ended.day as timestamp)), interval 1 day)) as date) as day
from span left join speaking ended on ended.q = span.q and ended.campaign = span.campaign and ended.type = 'campaign.ended' and ended.place = 1;
`;
