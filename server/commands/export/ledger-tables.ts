/** The ledger as tables for other tools: one for each family, a row for each of its rows. */
import type { Column } from '../../adapters/duckdb/offline/staging.ts';
import { families, familyNames, type FamilyName } from '../../domain/ledger/registry.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { ExportRow, ExportTable } from './fact-tables.ts';

const place: readonly Column[] = [
  { name: 'at', type: 'instant' },
  { name: 'since', type: 'instant' },
  { name: 'received', type: 'instant' },
  { name: 'cause', type: 'text' },
  { name: 'entityKind', type: 'text' },
  { name: 'entity', type: 'text' },
];

export const ledgerTables: Readonly<Record<string, ExportTable>> = Object.fromEntries(familyNames.map((name) => [name, tableOf(name)]));

function tableOf(name: FamilyName): ExportTable {
  const { dims, measures } = families[name];
  return {
    name,
    columns: [
      ...place,
      ...dims.map((dim): Column => ({ name: dim, type: 'text' })),
      ...measures.map((measure): Column => ({ name: measure, type: 'integer' })),
    ],
  };
}

export function ledgerRow({ at, since, received, cause, kind, entity, dims, measures }: LedgerRow): ExportRow {
  return { at, values: [at, since, received, cause, kind, entity, ...dims, ...measures] };
}
