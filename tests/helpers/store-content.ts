/**
 * What a store file holds, read from outside while no server runs: for comparing two
 * stores, and for asking whether offsets and facts agree. `receivedAt` and other marks of
 * *when* are left out: they differ between any two runs.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { factTables } from '../../server/adapters/sqlite/fact-tables.ts';
import { decodeVersion, decodeVersions } from '../../server/adapters/sqlite/version-text.ts';
import type { FactVersion } from '../../server/domain/facts.ts';

export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
}
export interface StoreContent {
  readonly positions: readonly Position[];
  /** `kind key version` of every version ever accepted. */
  readonly versions: ReadonlySet<string>;
  /** Code, place and reason of each quarantined record. */
  readonly quarantined: readonly string[];
  /** Name of a part → digest of its rows, so that a difference names its part. */
  readonly digests: Readonly<Record<string, string>>;
}

/** Identity of one version: what `StoreContent.versions` holds. */
export function versionName(kind: string, key: string, version: number): string {
  return `${kind} ${key} ${String(version)}`;
}

export function readStore(file: string): StoreContent {
  const db = new DatabaseSync(file);
  try {
    const rows = (sql: string) => db.prepare(sql).all() as Record<string, unknown>[];
    const versions = new Set<string>();
    const digests: Record<string, string> = {};
    const content = (v: FactVersion) => [v.type, v.version, v.occurredAt, v.body];
    for (const [kind, { table }] of Object.entries(factTables)) {
      digests[table] = digest(
        rows(`select * from ${table} order by key`).map(({ id: _id, versions: text, ...columns }) => {
          const decoded = decodeVersions(text as string, []);
          for (const v of decoded) versions.add(versionName(kind, columns['key'] as string, v.version));
          return [columns, decoded.map(content)];
        }),
      );
    }
    digests['fact_history'] = digest(
      rows('select kind, key, text from fact_history order by kind, key, version').map((row) => {
        const v = decodeVersion(row['text'] as string, []);
        versions.add(versionName(row['kind'] as string, row['key'] as string, v.version));
        return [row['kind'], row['key'], content(v)];
      }),
    );
    digests['customers'] = digest(rows('select * from customer_rows order by customer_id'));
    digests['stories'] = digest(rows('select story_key from incidents order by story_key'));
    return {
      positions: rows('select topic, "partition", next_offset from offsets where next_offset is not null').map((row) => ({
        topic: row['topic'] as string,
        partition: row['partition'] as number,
        nextOffset: row['next_offset'] as number,
      })),
      versions,
      quarantined: rows('select code, position, message from quarantine').map((row) => Object.values(row).join(' · ')),
      digests,
    };
  } finally {
    db.close();
  }
}

function digest(rows: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(row)).update('\n');
  return `${String(rows.length)} rows ${hash.digest('hex').slice(0, 16)}`;
}
