/** From an event's `type` and `data` to a typed event, or one readable reason why not. */
import type * as z from 'zod';
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { eventDefinition, type WarroomEvent } from '../../../shared/events/registry.ts';
import { excerptLine } from '../../../shared/text/excerpt.ts';
import { issueInWords } from '../../../shared/text/issue-words.ts';
import { acceptOf, unsure } from './accept.ts';
import { joinPath } from './path.ts';
import { withoutNulls } from './without-nulls.ts';

type Definition = NonNullable<ReturnType<typeof eventDefinition>>;

export interface Known {
  readonly definition: Definition;
  /** Known fields only, in the schema's order. */
  readonly data: WarroomEvent['data'];
  /** JSON.stringify writes `data` as it would what was given. */
  readonly asGiven: boolean;
}

export function readData(type: string, data: unknown): Known | Rejection {
  const definition = eventDefinition(type);
  if (!definition)
    return { code: 'unknown_type', path: 'type', message: `no event type ${shorten(type)}; see /asyncapi.json for the types there are` };
  const accepted = acceptOf(definition.data)(data);
  if (accepted !== unsure) return { definition, data: accepted as WarroomEvent['data'], asGiven: accepted === data };
  const parsed = (definition.data as z.ZodType<WarroomEvent['data']>).safeParse(withoutNulls(definition.data, data), {
    error: issueInWords,
  });
  return parsed.success ? { definition, data: parsed.data, asGiven: false } : invalid(parsed.error);
}

/** The first thing wrong; the rest is counted, since one cause often breaks several fields. */
function invalid(error: z.ZodError): Rejection {
  const first = error.issues[0];
  if (!first) return { code: 'invalid_data', path: 'data', message: 'the data does not fit its type' };
  const more = error.issues.length - 1;
  return {
    code: 'invalid_data',
    path: joinPath('data', first.path),
    message: more > 0 ? `${first.message} (and ${more} more)` : first.message,
  };
}

function shorten(text: string): string {
  return excerptLine(text.toWellFormed(), 80);
}
