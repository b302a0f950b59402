/**
 * What is wrong with a value, in words for the person who sent it: given to zod's `safeParse` as `{ error: issueInWords }`. A
 * schema's own sentence goes before these.
 */
import type * as z from 'zod';

type Issue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object' },
  ...{ record: 'an object', date: 'a date', null: 'null' },
};
const formats: Readonly<Record<string, string>> = {
  ...{ date: 'a day like 2026-11-23', datetime: 'an instant like 2026-11-23T12:44:56+08:00', time: 'a time like 09:30' },
  ...{ email: 'an e-mail address', url: 'a web address' },
};
/** Longer lists of what is allowed end with “…”: the documentation holds them whole. */
const NAMED_MOST = 30;

/** undefined: zod's own sentence is used. */
export function issueInWords(issue: Issue): string | undefined {
  const expected = expectedOf(issue);
  // A value that is not there fails whatever is asked of it.
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') {
    return expected === undefined ? 'is missing' : `is missing; ${expected} is expected here`;
  }
  if (issue.code === 'unrecognized_keys') return `there is no field ${issue.keys.map(named).join(', ')} here`;
  if (issue.code === 'invalid_type') return `${expected ?? 'another kind of value'} is expected here, not ${kindOf(issue.input)}`;
  return expected === undefined ? undefined : `${expected} is expected here`;
}

function expectedOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected];
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : undefined;
    case 'too_small':
      return bounded(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return bounded(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return formats[issue.format];
    default:
      return undefined;
  }
}

function oneOf(values: readonly unknown[]): string {
  const names = values.slice(0, NAMED_MOST).map((value) => named(String(value)));
  if (names.length === 1) return names[0] ?? '';
  return `one of ${names.join(', ')}${values.length > NAMED_MOST ? ', …' : ''}`;
}

function bounded(origin: string, how: string, bound: number | bigint): string {
  const many = bound === 1 ? '' : 's';
  if (origin === 'string') return `a text of ${how} ${bound} character${many}`;
  if (origin === 'array' || origin === 'set') return `a list of ${how} ${bound} item${many}`;
  if (origin === 'object' || origin === 'map') return `an object of ${how} ${bound} field${many}`;
  return `a number of ${how} ${bound}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  return kinds[typeof value] ?? typeof value;
}

/** Names come from whoever sent them, so their length is bounded. */
const named = (name: string): string => (name.length > 60 ? `${name.slice(0, 60).toWellFormed()}…` : name);
