/** Rows of a table of facts with the question's period and the cell of its asked dimension; rows outside of its \`where\` are left out. */

const tables: Readonly<Record<string, readonly string[]>> = {
  money: ['channel', 'region', 'campaign', 'category', 'core'],
  holding: ['channel', 'region', 'campaign', 'category', 'core'],
  first_customer: ['channel', 'region', 'campaign'],
  judged_lead: ['channel', 'region', 'campaign'],
  mention: ['platform'],
  spend: ['channel', 'campaign', 'line'],
  visits: ['channel'],
  engagement: ['campaign', 'platform'],
  engaged: ['campaign', 'platform'],
};

const valueOf = (asked: string, dims: readonly string[]): string =>
  `case ${asked} ${dims.map((dim) => `when '${dim}' then fact.${dim}`).join(' ')} end`;

export const cells = Object.entries(tables)
  .map(
    ([table, dims]) => `
create view ${table}_cell as
select fact.*, asked.from_day, asked.to_day, asked.as_of, asked.by_dim, asked.where_dim, asked.from_at, asked.to_at, asked.zone, ${valueOf('asked.by_dim', dims)} as cell
from ${table} fact join asked using (q)
where asked.where_dim is null or ${valueOf('asked.where_dim', dims)} is not distinct from asked.where_value;`,
  )
  .join('\n');
