/**
 * Facts as tables for other tools: one for each kind, a row for each version ever accepted, columns named as in the event
 * contract. A field that is an object becomes a column for each of its fields, a list of objects a table of its own, and a
 * list of plain values its JSON.
 */
import type { FactKind } from '../../../shared/events/define.ts';
import { dataSchema, type JsonSchema } from '../../../shared/events/json-schema.ts';
import { eventDefinitions } from '../../../shared/events/registry.ts';
import type { Column, ColumnType, Value } from '../../adapters/duckdb/offline/staging.ts';
import type { FactVersion } from '../../domain/facts.ts';
import type { FactWithHistory } from '../../domain/ledger/members.ts';
import { isSynthetic } from '../../domain/synthetic.ts';

export interface ExportTable {
  readonly name: string;
  readonly columns: readonly Column[];
}
export interface ExportRow {
  /** UTC ms; decides the month. */
  readonly at: number;
  readonly values: readonly Value[];
}

interface Field {
  readonly path: readonly string[];
  readonly column: Column;
}
interface ListField {
  readonly path: readonly string[];
  readonly table: ExportTable;
  readonly fields: readonly Field[];
}
export interface FactTable extends ExportTable {
  readonly kind: FactKind;
  readonly lists: readonly ExportTable[];
  rows(fact: FactWithHistory): readonly ExportRow[];
  /** Rows of the tables in `lists`, in their order. */
  listRows(fact: FactWithHistory): readonly (readonly ExportRow[])[];
}

const column = (name: string, type: ColumnType): Column => ({ name, type });

/** Which version of which fact a row is; with `key`, `type` and `version` rows of lists are joined to it. */
const versionColumns: readonly Column[] = [
  column('key', 'text'),
  column('source', 'text'),
  column('type', 'text'),
  column('version', 'integer'),
  column('standing', 'boolean'),
  column('occurredAt', 'instant'),
  column('receivedAt', 'instant'),
];

export const factTables: readonly FactTable[] = [...new Set(eventDefinitions.map(({ kind }) => kind))].map(tableOf);

function tableOf(kind: FactKind): FactTable {
  const fields = new Map<string, Field>();
  const lists = new Map<string, ListField>();
  for (const definition of eventDefinitions) if (definition.kind === kind) collect(kind, dataSchema(definition), [], fields, lists);
  // It stands among the columns of the version.
  fields.delete('version');
  const own = [...fields.values()];
  const listed = [...lists.values()];
  return {
    kind,
    name: kind,
    columns: [...versionColumns, ...own.map((field) => field.column)],
    lists: listed.map(({ table }) => table),
    rows: (fact) =>
      versionsOf(fact).map(({ version, standing }) => ({
        at: version.occurredAt,
        values: [...head(fact, version, standing), ...own.map((field) => read(version.data, field))],
      })),
    listRows: (fact) =>
      listed.map(({ path, fields: inside }) =>
        versionsOf(fact).flatMap(({ version, standing }) => {
          const entries = at(version.data, path);
          return (Array.isArray(entries) ? entries : []).map((entry: unknown, i) => ({
            at: version.occurredAt,
            values: [...head(fact, version, standing), i + 1, ...inside.map((field) => read(entry, field))],
          }));
        }),
      ),
  };
}

/** Goes through the schema of one event type; types of one kind share columns of the same name. */
function collect(
  kind: string,
  schema: JsonSchema,
  path: readonly string[],
  fields: Map<string, Field>,
  lists: Map<string, ListField>,
): void {
  for (const [name, raw] of Object.entries(objectOf(schema['properties']))) {
    const field = present(objectOf(raw));
    const here = [...path, name];
    const columnName = here.join('_');
    const items = present(objectOf(field['items']));
    if (field['type'] === 'object') collect(kind, field, here, fields, lists);
    else if (items['type'] === 'object') {
      const inside = new Map<string, Field>();
      collect(kind, items, [], inside, new Map());
      const own = [...inside.values()];
      const columns = [...versionColumns, column('place', 'integer'), ...own.map((each) => each.column)];
      lists.set(columnName, { path: here, table: { name: `${kind}_${columnName}`, columns }, fields: own });
    } else fields.set(columnName, { path: here, column: column(columnName, typeOf(field)) });
  }
}

function typeOf({ type }: JsonSchema): ColumnType {
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : 'text';
}

/** An optional field may be null: what it is otherwise. */
function present(field: JsonSchema): JsonSchema {
  const choices = field['anyOf'];
  if (!Array.isArray(choices)) return field;
  const others = choices.map(objectOf).filter((choice) => choice['type'] !== 'null');
  return others.length === 1 && others[0] ? present(others[0]) : field;
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function versionsOf({ fact, history }: FactWithHistory): { readonly version: FactVersion; readonly standing: boolean }[] {
  // What this system sends itself is nobody's mention.
  if (isSynthetic(fact.source)) return [];
  return [...fact.versions.map((version) => ({ version, standing: true })), ...history.map((version) => ({ version, standing: false }))];
}

function head({ fact }: FactWithHistory, version: FactVersion, standing: boolean): readonly Value[] {
  return [fact.key, fact.source, version.type, version.version, standing, version.occurredAt, version.receivedAt];
}

function at(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => objectOf(value)[name], data);
}

function read(data: unknown, { path, column: { type } }: Field): Value {
  const value = at(data, path);
  if (value === undefined || value === null) return null;
  if (type === 'text') return typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
