/** Leads, orders and refunds as they stand for a question, and the money of each line. */

export const leads = `
create table lead as
select q, lead_id, v, happened, day, source, field(data, 'channel') as channel, field(data, 'region') as region, field(data, 'campaignId') as campaign, field(data, 'touch') as touch,
  cast(field(data, 'reachable') as boolean) as reachable, coalesce(cast(field(data, 'inArea') as boolean), true) as in_area, field(data, 'contactHash') as contact,
  field(data, 'customerId') as customer
from (
  -- Ids of leads hold across sources: the highest version speaks.
  select slot.*, version.data, slot.key as lead_id, row_number() over (partition by q, slot.key order by slot.number desc, slot.source) as place
  from slot join version using (v) where slot.type = 'lead.created'
)
where place = 1;
`;

export const orders = `
create table order_line as
select v, cast(line.rn as integer) as no, field(line.value, 'sku') as sku, field(line.value, 'category') as category, field(line.value, 'core') as core,
  cast(field(line.value, 'amount') as bigint) as amount, cast(field(line.value, 'cost') as bigint) as cost
from version, (select unnest(from_json(json_extract(version.data, '$.lines'), '["json"]')) as value, generate_subscripts(from_json(json_extract(version.data, '$.lines'), '["json"]'), 1) as rn) as line
where type = 'sales.order.paid';

create table refund_line as
select v, cast(line.rn as integer) as no, field(line.value, 'sku') as sku, cast(field(line.value, 'amount') as bigint) as amount
from version, (select unnest(from_json(json_extract(version.data, '$.lines'), '["json"]')) as value, generate_subscripts(from_json(json_extract(version.data, '$.lines'), '["json"]'), 1) as rn) as line
where type = 'sales.order.refunded' and json_extract(data, '$.lines') is not null;

-- An order counts while a payment is its highest version. Its campaign is its own, else that of its lead (R13).
create table paid_order as
select slot.q, slot.source, slot.key as order_id, slot.v, slot.happened, slot.day, field(p.data, 'buyerId') as buyer,
  coalesce(field(p.data, 'customerId'), field(p.data, 'buyerId')) as customer, field(p.data, 'channel') as channel, field(p.data, 'region') as region,
  coalesce(field(p.data, 'campaignId'), lead.campaign) as campaign
from (
  select *, max(number) over (partition by q, source, key) as highest from slot where kind = 'order'
) as slot
join version p on p.v = slot.v
left join lead on lead.q = slot.q and lead.lead_id = field(p.data, 'leadId')
where slot.type = 'sales.order.paid' and slot.number = highest;

-- A refund joins an order of its own source; that of an order that stands as cancelled counts nowhere (R4).
create table refund as
with known_order as (select distinct q, source, key as order_id from slot where kind = 'order')
select slot.q, slot.source, slot.key as refund_id, slot.v, slot.happened, slot.day, field(r.data, 'orderId') as order_id,
  cast(field(r.data, 'amount') as bigint) as amount, o.v as order_v
from slot
join version r using (v)
left join known_order on known_order.q = slot.q and known_order.source = slot.source and known_order.order_id = field(r.data, 'orderId')
left join paid_order o on o.q = slot.q and o.source = slot.source and o.order_id = field(r.data, 'orderId')
where slot.type = 'sales.order.refunded' and (known_order.order_id is null or o.v is not null);
`;

/** Signings of leads, over all sources: the first at or after its creation tells whether a lead was signed in time. */
export const signings = `
create table signing as select q, key as lead_id, happened from slot where type = 'lead.signed';
`;

/** R3: by SKU where the refund has lines, else over all lines; whole minor units by largest remainder, ties to the earlier line. */
export const refundShares = `
create table refund_share as
with pair as (
  select distinct v as refund_v, order_v from refund where order_v is not null
), part as (
  select refund_v, order_v, l.no as part, l.sku, l.amount from pair join refund_line l on l.v = refund_v
  union all
  select refund_v, order_v, 0, null, cast(field(r.data, 'amount') as bigint) from pair join version r on r.v = refund_v where json_extract(r.data, '$.lines') is null
), weighed as (
  select part.*, o.no as line, o.amount as weight, sum(o.amount) over same_part as total, min(o.no) over same_part as first_line
  from part join order_line o on o.v = order_v and (part.sku is null or part.sku = o.sku)
  window same_part as (partition by refund_v, order_v, part)
), floored as (
  select *,
    case when total > 0 then cast(amount as hugeint) * weight // cast(total as hugeint) when line = first_line then amount else 0 end as whole,
    case when total > 0 then cast(amount as hugeint) * weight % cast(total as hugeint) else 0 end as remainder
  from weighed
), ranked as (
  select *, row_number() over (partition by refund_v, order_v, part order by remainder desc, line) as place,
    amount - sum(whole) over (partition by refund_v, order_v, part) as left_over
  from floored
)
select refund_v, order_v, line, cast(sum(whole + case when place <= left_over then 1 else 0 end) as bigint) as amount
from ranked group by all
union all
select refund_v, order_v, null, cast(sum(amount) as bigint) from part
where sku is not null and not exists (select * from order_line o where o.v = order_v and o.sku = part.sku) group by all;
`;

/** Every amount paid and given back, by line, in the dimensions of its order (R2). \`margin\` is null where the cost is unknown, reading R14. */
export const money = `
create table money as
select q, 'paid' as kind, o.happened, o.day, o.day as order_day, channel, region, campaign, category, core, amount, amount - cost as margin
from paid_order o join order_line l on l.v = o.v
union all
select r.q, 'refund', r.happened, r.day, o.day, channel, region, campaign, category, core, -s.amount, case when l.cost is not null then -s.amount end
from refund r
join paid_order o on o.q = r.q and o.source = r.source and o.order_id = r.order_id
join refund_share s on s.refund_v = r.v and s.order_v = r.order_v
left join order_line l on l.v = r.order_v and l.no = s.line
union all
select q, 'refund', happened, day, day, null, null, null, null, null, -amount, null from refund where order_v is null;

-- Lines of orders that are not fully refunded (R5).
create table holding as
with given_back as (select q, source, order_id, sum(amount) as amount from refund group by all),
  total as (select v, sum(amount) as amount from order_line group by v)
select o.*, l.category, l.core from paid_order o
join order_line l on l.v = o.v
join total on total.v = o.v
left join given_back g on g.q = o.q and g.source = o.source and g.order_id = o.order_id
where not (coalesce(g.amount, 0) > 0 and coalesce(g.amount, 0) >= total.amount);

-- Somebody's first order that is not fully refunded, or first signing, with its channel, region and campaign (R6, R28).
create table first_customer as
with candidate as (
  select distinct q, customer, happened, day, channel, region, campaign from holding
  union all
  select s.q, field(p.data, 'customerId'), s.happened, s.day, lead.channel, lead.region, lead.campaign
  from slot s join version p using (v) left join lead on lead.q = s.q and lead.lead_id = s.key
  where s.type = 'lead.signed'
)
select * exclude (place) from (select *, row_number() over (partition by q, customer order by happened) as place from candidate) where place = 1;

-- Leads with their validity, reading R8: another lead with the same contact, created up to 90 × 24 h earlier, makes a duplicate.
create table judged_lead as
select l.*, reachable and in_area and not exists (
  select * from lead other where other.q = l.q and other.lead_id <> l.lead_id and other.contact = l.contact
    and other.happened <= l.happened and other.happened >= l.happened - 90 * 86400000::bigint
) as valid
from lead l;
`;
