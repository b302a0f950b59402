/**
 * What a ledger sums to, in a few numbers: two ledgers with the same sums have the same fingerprint, however many rows either
 * has, and any other two have, but for one pair in 10^14, another one. So two ledgers are compared without a table of either.
 *
 * A cell is what rows are added up by: kind, entity, instants and dimensions. The hash of its text, MD5 because Node and DuckDB
 * both have it, gives the bucket it belongs to and two weights; a row adds its measures, times a factor for each of them, times
 * the weight of its cell, in two sums of its bucket modulo primes below 2^24, so that no product is beyond what a number holds.
 */
import { hash } from 'node:crypto';
import { familyNames, type FamilyName } from '../../../domain/ledger/registry.ts';
import type { LedgerRow } from '../../../domain/ledger/row.ts';
import { dimColumn, measureColumn, namesOf, quoted, tableOf } from '../engine/schema.ts';
import { literal, withLedger, type Staging } from './staging.ts';

/** Where ledgers differ, the rows of the buckets that do are compared one by one: many buckets make few rows. */
export const BUCKETS = 1_024;
const PRIMES = [16_777_213, 16_777_199] as const;
/** Factors of the measures are the powers of this number: none is as good as another in place of the next one. */
const BASE = 48_271;

const widest = Math.max(...familyNames.map((family) => namesOf(family).measures.length));
const factors: Readonly<Record<Lane, readonly number[]>> = { 0: powersOf(0), 1: powersOf(1) };

type Lane = 0 | 1;
const lanes: readonly Lane[] = [0, 1];

function powersOf(lane: Lane): readonly number[] {
  const powers = [1];
  while (powers.length < widest) powers.push(((powers.at(-1) ?? 1) * BASE) % PRIMES[lane]);
  return powers;
}

/** For each family two sums a bucket, one after the other: a plain array, so that it can be handed from thread to thread. */
export type Fingerprint = Float64Array;

export const emptyFingerprint = (): Fingerprint => new Float64Array(familyNames.length * BUCKETS * lanes.length);

const starts: Readonly<Record<string, number>> = Object.fromEntries(familyNames.map((family, i) => [family, i * BUCKETS * lanes.length]));
const startOf = (family: FamilyName): number => starts[family] ?? 0;

export function addRow(print: Fingerprint, row: LedgerRow): void {
  const digest = digestOf(row);
  const { measures } = row;
  const at = startOf(row.family) + bucketIn(digest) * lanes.length;
  for (const lane of lanes) {
    const prime = PRIMES[lane];
    let value = 0;
    for (let i = 0; i < measures.length; i++) {
      const measure = measures[i] ?? 0;
      if (measure !== 0) value += (measure % prime) * (factors[lane][i] ?? 0);
    }
    print[at + lane] = ((print[at + lane] ?? 0) + (value % prime) * weightIn(digest, lane)) % prime;
  }
}

export function addFingerprint(to: Fingerprint, other: Fingerprint): void {
  for (let i = 0; i < to.length; i++) to[i] = ((to[i] ?? 0) + (other[i] ?? 0)) % PRIMES[i % 2 === 0 ? 0 : 1];
}

/** The bucket of a row within its family. */
export const bucketOf = (row: LedgerRow): number => bucketIn(digestOf(row));

/** The last eight of the 16 bytes are what DuckDB gives as a number, lowest first. */
const digestOf = (row: LedgerRow): string => hash('md5', cellText(row), 'binary');
const byte = (digest: string, i: number): number => digest.charCodeAt(8 + i);
const bucketIn = (digest: string): number => (byte(digest, 0) | (byte(digest, 1) << 8)) % BUCKETS;
function weightIn(digest: string, lane: Lane): number {
  const from = lane === 0 ? 2 : 5;
  return byte(digest, from) | (byte(digest, from + 1) << 8) | (byte(digest, from + 2) << 16);
}

/** No text of an event holds the character between the parts. A value is marked, so that none is no empty one. */
function cellText({ family, kind, entity, at, since, received, dims }: LedgerRow): string {
  let text = `${kind}\0${entity}\0${at}\0${since}\0${received}`;
  for (let i = 0; i < namesOf(family).dims.length; i++) {
    const dim = dims[i] ?? null;
    text += dim === null ? '\0' : `\0=${dim}`;
  }
  return text;
}

export interface StoredFingerprint {
  readonly print: Fingerprint;
  /** How many sums there are in each bucket of a family. */
  readonly sums: ReadonlyMap<FamilyName, readonly number[]>;
  /** What block the ledger stands at. */
  readonly position: number;
}

/** Of the ledger in a file, which nobody else has open. */
export function fingerprintOfFile(staging: Staging, file: string): Promise<StoredFingerprint> {
  return withLedger(staging, file, async (ledger) => {
    const print = emptyFingerprint();
    const sums = new Map<FamilyName, number[]>();
    for (const family of familyNames) {
      const counts = Array.from({ length: BUCKETS }, () => 0);
      for (const [bucket, count, ...values] of await staging.query(statementOf(family, ledger))) {
        counts[Number(bucket)] = Number(count);
        for (const lane of lanes) print[startOf(family) + Number(bucket) * lanes.length + lane] = Number(values[lane]);
      }
      sums.set(family, counts);
    }
    const [position] = await staging.query(`select value from ${ledger}.meta where name = 'position'`);
    return { print, sums, position: Number(position?.[0]) };
  });
}

function statementOf(family: FamilyName, ledger: string): string {
  const cell = (name: string, lane: Lane) => `(sum(${name}) % ${PRIMES[lane]})`;
  const weight = (lane: Lane) => `((hash >> ${lane === 0 ? 16 : 40}) & 16777215)`;
  const rowsOf = lanes.map((lane) => {
    const products = namesOf(family).measures.map(
      (measure, i) => `(${measureColumn(measure)} % ${PRIMES[lane]}) * ${factors[lane][i] ?? 0}`,
    );
    return `${products.join(' + ')} as row${lane}`;
  });
  return `
    select ${bucketSql('hash')}, count(*) filter (cell0 <> 0 or cell1 <> 0),
      ${lanes.map((lane) => `sum(cell${lane} * ${weight(lane)}) % ${PRIMES[lane]}`).join(', ')}
    from (
      select hash, ${lanes.map((lane) => `${cell(`row${lane}`, lane)} as cell${lane}`).join(', ')}
      from (select ${hashSql(family)} as hash, ${rowsOf.join(', ')} from ${ledger}.${tableOf(family)})
      group by hash)
    group by all`;
}

/** The bucket of a row of the family's table. */
export const bucketOfColumns = (family: FamilyName): string => bucketSql(hashSql(family));
const bucketSql = (hashed: string): string => `(${hashed} % ${BUCKETS})`;

function hashSql(family: FamilyName): string {
  const separator = 'chr(0)';
  const head = ['kind', 'entity', quoted('at'), 'since', 'received'].join(`, ${separator}, `);
  // `concat` leaves out what is null, mark and all.
  const dims = namesOf(family).dims.map((dim) => `${separator}, ${literal('=')} || ${dimColumn(dim)}`);
  return `md5_number_lower(concat(${[head, ...dims].join(', ')}))`;
}

/** Buckets of each family in which two ledgers differ. */
export type Differing = ReadonlyMap<FamilyName, ReadonlySet<number>>;

export function differing(a: Fingerprint, b: Fingerprint): Differing {
  const found = new Map<FamilyName, Set<number>>();
  for (const family of familyNames)
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const at = startOf(family) + bucket * lanes.length;
      if (lanes.every((lane) => ((a[at + lane] ?? 0) - (b[at + lane] ?? 0)) % PRIMES[lane] === 0)) continue;
      const buckets = found.get(family);
      if (buckets) buckets.add(bucket);
      else found.set(family, new Set([bucket]));
    }
  return found;
}
