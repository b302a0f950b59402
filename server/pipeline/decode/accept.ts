/**
 * The short way for events that fit: a schema compiled once to plain checks. The schema
 * library spends 4.7 KB of garbage and 3 µs on an order of two lines, a sixth of what the
 * whole line costs; this a tenth of that. It only ever accepts. Whatever it cannot accept
 * goes to the schema itself, which has the last word and finds the words for it.
 *
 * Built from the same schemas, so that there is one truth; a kind of schema or check it
 * does not know is left to the library at that place. A property test holds both together.
 */
import type * as z from 'zod';
import { defOf, withoutNulls } from './without-nulls.ts';

/** Not accepted here: ask the schema. */
export const unsure: unique symbol = Symbol('unsure');

/**
 * Known fields of a JSON value in the schema's order, or `unsure`. The value itself where it is just that, so that most
 * events are not copied, and whoever compares knows that nothing was left out, replaced or put in another order.
 */
export type Accept = (value: unknown) => unknown;

const compiled = new WeakMap<z.core.$ZodType, Accept>();

/** The short way of a schema, compiled at its first use. */
export function acceptOf(schema: z.core.$ZodType): Accept {
  let accept = compiled.get(schema);
  if (!accept) compiled.set(schema, (accept = compile(schema)));
  return accept;
}

function compile(schema: z.core.$ZodType): Accept {
  const def = defOf(schema);
  const checks = (def.checks ?? []).map((check) => (check as z.core.$ZodChecks | z.core.$ZodCustom)._zod.def);
  const accept = build(def, checks);
  return accept ?? ((value) => ask(schema, value));
}

function ask(schema: z.core.$ZodType, value: unknown): unknown {
  const parsed = (schema as z.ZodType).safeParse(withoutNulls(schema, value));
  return parsed.success ? parsed.data : unsure;
}

type Check = (z.core.$ZodChecks | z.core.$ZodCustom)['_zod']['def'];

/** undefined when something in it is not known here. */
function build(def: z.core.$ZodTypes['_zod']['def'], checks: readonly Check[]): Accept | undefined {
  switch (def.type) {
    case 'string':
      return 'format' in def ? undefined : acceptString(checks);
    case 'number':
      return acceptNumber(def, checks);
    case 'boolean':
      return checks.length > 0 ? undefined : (value) => (typeof value === 'boolean' ? value : unsure);
    case 'enum': {
      const entries = new Set<unknown>(Object.values(def.entries));
      return checks.length > 0 ? undefined : (value) => (entries.has(value) ? value : unsure);
    }
    case 'optional':
      // Absence is the object's business: JSON has no undefined.
      return checks.length > 0 ? undefined : acceptOf(def.innerType);
    case 'array':
      return acceptArray(acceptOf(def.element), checks);
    case 'object':
      return checks.length > 0 || def.catchall ? undefined : acceptObject(def.shape as Readonly<Record<string, z.core.$ZodType>>);
    default:
      return undefined;
  }
}

/** One step of reading a text: the text to go on with, or undefined where it does not fit. */
type TextStep = (text: string) => string | undefined;

function textStep(check: Check): TextStep | undefined {
  if ('when' in check && check.when) return undefined;
  if (check.check === 'overwrite') return (text) => given(check.tx(text));
  if (check.check === 'custom') return (text) => (check.fn(text) === true ? text : undefined);
  if (check.check === 'string_format' && check.format === 'regex' && check.pattern && !check.pattern.global) {
    const { pattern } = check;
    return (text) => (pattern.test(text) ? text : undefined);
  }
  return undefined;
}

const given = (text: unknown): string | undefined => (typeof text === 'string' ? text : undefined);

function acceptString(checks: readonly Check[]): Accept | undefined {
  const steps: TextStep[] = [];
  for (const check of checks) {
    const step = textStep(check);
    if (!step) return undefined;
    steps.push(step);
  }
  return (value) => {
    if (typeof value !== 'string') return unsure;
    let text = value;
    for (const step of steps) {
      const next = step(text);
      if (next === undefined) return unsure;
      text = next;
    }
    return text;
  };
}

interface Lengths {
  readonly shortest: number;
  readonly longest: number;
}

function lengths(checks: readonly Check[]): Lengths | undefined {
  let [shortest, longest] = [0, Infinity];
  for (const check of checks) {
    if (check.check === 'min_length') shortest = Math.max(shortest, check.minimum);
    else if (check.check === 'max_length') longest = Math.min(longest, check.maximum);
    else return undefined;
  }
  return { shortest, longest };
}

function acceptNumber(def: z.core.$ZodNumberDef, checks: readonly Check[]): Accept | undefined {
  const whole = 'format' in def;
  if (whole && def.format !== 'safeint') return undefined;
  let [least, most] = [-Infinity, Infinity];
  for (const check of checks) {
    if (check.when) return undefined;
    if (check.check === 'greater_than' && check.inclusive && typeof check.value === 'number') least = Math.max(least, check.value);
    else if (check.check === 'less_than' && check.inclusive && typeof check.value === 'number') most = Math.min(most, check.value);
    else return undefined;
  }
  const fits = whole ? Number.isSafeInteger : Number.isFinite;
  return (value) => (fits(value) && (value as number) >= least && (value as number) <= most ? value : unsure);
}

function acceptArray(item: Accept, checks: readonly Check[]): Accept | undefined {
  const bounds = lengths(checks);
  if (!bounds) return undefined;
  const { shortest, longest } = bounds;
  return (value) => {
    if (!Array.isArray(value) || value.length < shortest || value.length > longest) return unsure;
    for (let i = 0; i < value.length; i++) if (item(value[i]) !== value[i]) return copyItems(value, item);
    return value;
  };
}

function copyItems(items: readonly unknown[], item: Accept): unknown {
  const out: unknown[] = [];
  for (const given of items) {
    const accepted = item(given);
    if (accepted === unsure) return unsure;
    out.push(accepted);
  }
  return out;
}

interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly accept: Accept;
}

function acceptObject(shape: Readonly<Record<string, z.core.$ZodType>>): Accept {
  const fields = Object.entries(shape).map(([name, schema]): Field => ({
    name,
    optional: defOf(schema).type === 'optional',
    accept: acceptOf(schema),
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return unsure;
    const given = value as Readonly<Record<string, unknown>>;
    if (!inOrder(given, fields)) return copyFields(given, fields);
    for (let i = 0; i < fields.length; i++) {
      const { name, optional, accept } = fields[i] as Field;
      const field = given[name];
      if (field === undefined ? !optional : accept(field) !== field) return field === undefined ? unsure : copyFields(given, fields);
    }
    return value;
  };
}

function copyFields(value: Readonly<Record<string, unknown>>, fields: readonly Field[]): unknown {
  const out: Record<string, unknown> = {};
  for (const { name, optional, accept } of fields) {
    const given = value[name];
    if (given === undefined || given === null) {
      // An optional field given as null is absent; the copy simply leaves it out.
      if (optional) continue;
      if (given === undefined) return unsure;
    }
    const accepted = accept(given);
    if (accepted === unsure) return unsure;
    out[name] = accepted;
  }
  return out;
}

/** Whether all members are fields, and in the fields' order. */
function inOrder(value: object, fields: readonly Field[]): boolean {
  let i = 0;
  for (const name in value) {
    while (i < fields.length && (fields[i] as Field).name !== name) i++;
    if (i++ >= fields.length) return false;
  }
  return true;
}
