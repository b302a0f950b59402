/**
 * JSON lines on standard output, one event a line.
 *
 * Two guards stand behind the rule that nobody logs secrets or personal text:
 * fields with telling names are blanked wherever they lie, and addresses lose
 * their user part and query, where chat services keep their keys.
 */
import pino from 'pino';
import type { Logger } from '../../pipeline/ports/logger.ts';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Where lines go; standard output when absent. Written at once, so the last line survives `exit`. */
  readonly write?: (line: string) => void;
}

/** Names of fields that hold credentials, or what an event says about people. */
const blanked = new Set(
  ['password', 'sasl', 'secret', 'token', 'authorization', 'cookie', 'key', 'data', 'author', 'text', 'title', 'raw', 'body', 'value'].map(
    (name) => name.toLowerCase(),
  ),
);
const address = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s?#"']*)(\?[^\s"']*)?/gi;
const MAX_DEPTH = 6;

export function createLogger(options: LoggerOptions): Logger {
  const destination = options.write ? { write: options.write } : pino.destination({ fd: 1, sync: true });
  const lines = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    destination,
  );
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): Logger['info'] =>
    (fields, message) => {
      if (lines.isLevelEnabled(level)) lines[level](clean(fields, 0) as object, cleanText(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) {
    const code = (value as NodeJS.ErrnoException).code;
    return {
      type: value.name,
      message: cleanText(value.message),
      ...(code === undefined ? {} : { code }),
      stack: cleanText(value.stack ?? ''),
      ...(value.cause === undefined ? {} : { cause: clean(value.cause, depth + 1) }),
    };
  }
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, 100).map((entry) => clean(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, blanked.has(name.toLowerCase()) ? '[redacted]' : clean(entry, depth + 1)]),
  );
}

function cleanText(text: string): string {
  const short = text.length > 8_000 ? `${text.slice(0, 8_000)}…` : text;
  return short.replace(address, (_all, scheme: string, rest: string, query: string | undefined) =>
    query === undefined ? `${scheme}${rest}` : `${scheme}${rest}?…`,
  );
}
