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
)
select q, person, happened, earned, an_order and happened = min(happened) filter (an_order) over (partition by q, person) as first_order
from known_as where person is not null;
`;
