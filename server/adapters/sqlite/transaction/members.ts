/** Which mentions belong to which incident, and the figures of incidents that follow from them [T9]. */
import type { MemberChange } from '../../../domain/incidents/types.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import type { TxContext } from './context.ts';

type Members = Pick<StoreTx, 'putMembers' | 'moveMembers' | 'membersAmong'>;

const insertMember = `insert into incident_mentions (incident_id, ordinal, mention_key, published_at, reach)
  values (?1, (select coalesce(max(ordinal) + 1, 0) from incident_mentions where incident_id = ?1), ?2, ?3, ?4)`;
const updateMember = 'update incident_mentions set published_at = ?, reach = ? where mention_key = ? and incident_id = ?';
/** A sum beyond 2^53 is no longer exact; should corrections bring it back below, it is counted anew. */
const addFigures = `update incidents set mention_count = mention_count + ?2, reach = case
    when reach < ${Number.MAX_SAFE_INTEGER} and reach + ?3 < ${Number.MAX_SAFE_INTEGER} then reach + ?3
    else (select total(m.reach) from incident_mentions m where m.incident_id = incidents.id) end
  where id = ?1`;
const addToPlatform = `insert into incident_platforms (incident_id, platform, mentions) values (?, ?, ?)
  on conflict (incident_id, platform) do update set mentions = mentions + excluded.mentions`;

/** Certain members are found by their keys, so that two mentions leave a story of a hundred thousand at the cost of two [T9]. */
const chosen = {
  all: 'm.incident_id = ?1 and ?2 is null',
  some: `(m.incident_id, m.ordinal) in (select k.incident_id, k.ordinal from json_each(?2) j
    cross join incident_mentions k on k.mention_key = j.value where k.incident_id = ?1)`,
} as const;
const sumMembers = (which: string) => `select f.platform, count(*), total(m.reach) from incident_mentions m
  left join mentions f on f.key = m.mention_key where ${which} group by f.platform`;
const copyMembers = (which: string) => `insert into incident_mentions (incident_id, ordinal, mention_key, published_at, reach)
  select ?3, (select coalesce(max(ordinal), -1) from incident_mentions where incident_id = ?3) + row_number() over (order by m.ordinal),
    m.mention_key, m.published_at, m.reach from incident_mentions m where ${which}`;
const removeMembers = (which: string) => `delete from incident_mentions as m where ${which}`;

export function membersPart({ transaction }: TxContext): Members {
  function putFigures(changes: readonly MemberChange[]): void {
    const figures = new Map<string, { joined: number; reach: number; platforms: Map<string, number> }>();
    for (const { incidentId, before, after } of changes) {
      const sums = figures.get(incidentId) ?? { joined: 0, reach: 0, platforms: new Map<string, number>() };
      figures.set(incidentId, sums);
      if (before === null) sums.joined += 1;
      sums.reach += after.reach - (before?.reach ?? 0);
      const add = (platform: string, count: number) => sums.platforms.set(platform, (sums.platforms.get(platform) ?? 0) + count);
      if (before !== null) add(before.platform, -1);
      add(after.platform, 1);
    }
    for (const [id, { joined, reach }] of figures) if (joined !== 0 || reach !== 0) transaction.run(addFigures, [id, joined, reach]);
    for (const [id, { platforms }] of figures)
      for (const [platform, count] of platforms) if (count !== 0) transaction.run(addToPlatform, [id, platform, count]);
  }

  return {
    async putMembers(changes) {
      for (const { incidentId, key, before, after } of changes)
        if (before === null) transaction.run(insertMember, [incidentId, key, after.publishedAt, after.reach]);
      for (const { incidentId, key, before, after } of changes)
        if (before !== null) transaction.run(updateMember, [after.publishedAt, after.reach, key, incidentId]);
      putFigures(changes);
    },
    async moveMembers({ from, into, keys }) {
      const which = keys === null ? chosen.all : chosen.some;
      const named = keys && JSON.stringify(keys);
      const sums = await transaction.rows<[string | null, number, number]>(sumMembers(which), [from, named]);
      const count = sums.reduce((sum, [, mentions]) => sum + mentions, 0);
      const reach = sums.reduce((sum, [, , part]) => sum + part, 0);
      transaction.run(copyMembers(which), [from, named, into]);
      transaction.run(removeMembers(which), [from, named]);
      transaction.run(addFigures, [into, count, reach]);
      transaction.run(addFigures, [from, -count, -reach]);
      for (const [platform, mentions] of sums) {
        if (platform === null) continue;
        transaction.run(addToPlatform, [into, platform, mentions]);
        transaction.run(addToPlatform, [from, platform, -mentions]);
      }
      return count;
    },
    async membersAmong(incidentId, keys) {
      const named = JSON.stringify(keys);
      const members = await transaction.rows<[string]>(
        'select m.mention_key from json_each(?1) j cross join incident_mentions m on m.mention_key = j.value where m.incident_id = ?2',
        [named, incidentId],
      );
      const [others] = await transaction.rows<[number]>(
        `select exists (select 1 from incident_mentions where incident_id = ?2 and mention_key not in (select value from json_each(?1)))`,
        [named, incidentId],
      );
      return { members: members.map(([key]) => key), others: others?.[0] === 1 };
    },
  };
}
