/** Mentions, spend and visits as they stand for a question. */

/** A brand as people read it: full-width letters, case, spaces around and characters nobody sees make no other name. */
export const brandMacro = `
create macro brand_key(name) as lower(trim(regexp_replace(translate(name,
  'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'), '[\\x{200B}-\\x{200D}\\x{FEFF}]', '', 'g')));
`;

/** R17: the higher of mention and reclassification gives the polarity; what the highest version deletes is gone. Threshold 0.3. */
export const mentions = `
create table mention as
with sequence as (
  select slot.q, slot.source, slot.key, slot.type, slot.number, version.data, max(slot.number) over (partition by slot.q, slot.source, slot.key) as highest
  from slot join version using (v) where slot.kind = 'mention'
), judgement as (
  select q, source, key, arg_max(field(data, 'label'), number) filter (field(data, 'label') is not null) as any_label, max_by(data, number) as data
  from sequence where type <> 'sentiment.deleted' group by all
)
select m.q, m.key, m.day, field(e.data, 'platform') as platform, brand_key(field(e.data, 'brand')) in (select brand_key(name) from own_brand) as own,
  brand_key(field(e.data, 'brand')) in (select brand_key(name) from tracked_brand) as tracked,
  case when field(j.data, 'label') is not null then field(j.data, 'label') when field(j.data, 'score') is null then 'unscored'
       when cast(field(j.data, 'score') as double) <= -0.3 then 'negative' when cast(field(j.data, 'score') as double) >= 0.3 then 'positive' else 'neutral' end as polarity
from slot m
join version e using (v)
join judgement j on j.q = m.q and j.source = m.source and j.key = m.key
where m.type = 'sentiment.mention'
  and not exists (select * from sequence s where s.q = m.q and s.source = m.source and s.key = m.key and s.type = 'sentiment.deleted' and s.number = s.highest);
`;

export const spendAndVisits = `
create table spend as
select slot.q, slot.happened, slot.day, field(data, 'channel') as channel, field(data, 'campaignId') as campaign, field(data, 'kind') as spend_kind, field(data, 'line') as line,
  cast(field(data, 'amount') as bigint) as amount
from slot join version using (v) where slot.type = 'campaign.spend';

create table visits as
select slot.q, cast(field(data, 'date') as date) as day, field(data, 'channel') as channel, cast(field(data, 'organic') as bigint) as organic
from slot join version using (v) where slot.type = 'traffic.daily';
`;
