/** What followed what, counted by looking at every pair. */
import type { DimValue } from '../../server/domain/dim-value.ts';
import { addExact, type Exact } from '../../server/domain/ledger/exact.ts';
import { families, type FamilyName } from '../../server/domain/ledger/registry.ts';
import type { LedgerRow } from '../../server/domain/ledger/row.ts';
import type { FollowedQuestion, FollowedRow, LedgerRange } from '../../server/pipeline/ports/ledger.ts';

interface Sighting {
  readonly thing: string;
  readonly at: number;
  readonly dims: readonly DimValue[];
}

export function followedIn(question: FollowedQuestion, rowsOf: (range: LedgerRange) => readonly LedgerRow[]): FollowedRow[] {
  const { family, of, by, measure, followers, withinMs, settledUpTo, cut } = question;
  const always = { unit: 'day', from: -Infinity, to: Infinity, ...(cut && { cut }) } as const;
  const seen = sightings(rowsOf(question), family, [of], [measure], by);
  const after = followers.flatMap((follower) => {
    const all = sightings(
      rowsOf({ ...always, family: follower.family, where: follower.where }),
      follower.family,
      follower.things,
      follower.measures,
    );
    return follower.firstOnly ? all.filter((one) => !all.some((other) => other.thing === one.thing && other.at < one.at)) : all;
  });
  const known = new Set(
    followers.flatMap((follower) =>
      sightings(rowsOf({ ...always, family: follower.family, where: [] }), follower.family, follower.things, follower.measures).map(
        ({ thing }) => thing,
      ),
    ),
  );
  const groups = Map.groupBy(seen, ({ dims }) => JSON.stringify(dims));
  return [...groups.values()].map((group) => {
    const things = Map.groupBy(group, ({ thing }) => thing);
    const count = (test: (thing: string, at: readonly number[]) => boolean): number =>
      [...things].filter(([thing, ones]) =>
        test(
          thing,
          ones.map(({ at }) => at),
        ),
      ).length;
    const follows = (thing: string, at: number): boolean =>
      after.some((one) => one.thing === thing && one.at >= at && one.at - at <= withinMs);
    return {
      dims: group[0]?.dims ?? [],
      count: things.size,
      followed: count((thing, at) => at.some((instant) => follows(thing, instant))),
      known: count((thing) => known.has(thing)),
      settled: count((_, at) => Math.max(...at) <= settledUpTo),
    };
  });
}

/** Things at the instants at which rows of one entity sum above 0, once for each dimension that may name them. */
function sightings(
  rows: readonly LedgerRow[],
  family: FamilyName,
  things: readonly string[],
  measures: readonly string[],
  by: readonly string[] = [],
): Sighting[] {
  const names: { readonly dims: readonly string[]; readonly measures: readonly string[] } = families[family];
  const places = by.map((dim) => names.dims.indexOf(dim));
  return things.flatMap((of) => {
    const sums = new Map<string, { readonly sighting: Sighting; sum: Exact }>();
    for (const { kind, entity, at, dims, measures: values } of rows) {
      const thing = dims[names.dims.indexOf(of)] ?? null;
      if (thing === null) continue;
      const sighting = { thing, at, dims: places.map((place) => dims[place] ?? null) };
      const key = JSON.stringify([sighting, kind, entity]);
      const kept = sums.get(key) ?? { sighting, sum: 0 };
      for (const measure of measures) kept.sum = addExact(kept.sum, values[names.measures.indexOf(measure)] ?? 0);
      sums.set(key, kept);
    }
    return [...sums.values()].flatMap(({ sighting, sum }) => (sum > 0 ? [sighting] : []));
  });
}
