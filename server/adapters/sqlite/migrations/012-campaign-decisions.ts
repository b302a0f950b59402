export const sql = `
create table campaign_decisions (
  number integer primary key,
  campaign_id text not null,
  at integer not null,
  document text not null
) strict;
create index campaign_decisions_of on campaign_decisions (campaign_id, number);
`;
