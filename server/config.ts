/**
 * The only reader of the environment. Everything else is handed a `Config`, so a
 * wrong value stops the start with one line instead of surfacing hours later.
 */
import { join, resolve } from 'node:path';
import { canonicalZone, zoneNamed } from '../shared/time/zone-name.ts';
import { environment, type Environment, variables } from './config/environment.ts';
import { kafka, type KafkaConfig } from './config/kafka.ts';
import { oneLine, WrongValue } from './config/wrong-value.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path. */
  readonly dataDir: string;
  /** IANA name of the form area/location. */
  readonly timeZone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly demo: 'auto' | 'on' | 'off';
  /** Origin people use, without a trailing slash; null = the address listened on. */
  readonly publicUrl: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Absolute path. */
  readonly secretKeyFile: string;
  /** `host:port` in lower case: alerts may go there unencrypted and into private networks. */
  readonly channelAllow: readonly string[];
  readonly watchdog: { readonly on: boolean; readonly url: string | null };
  /** null = the embedded log. */
  readonly kafka: KafkaConfig | null;
}
export interface ConfigError {
  /** One line that names the variable and says what is allowed. */
  readonly error: string;
}

/** Variables with one of these beginnings are ours: a name we do not know is a slip of the pen. */
const ourPrefixes = ['KAFKA_', 'WARROOM_', 'CHANNEL_', 'DEMO'];

/** @param env `process.env`; an empty value counts as unset */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config | ConfigError {
  try {
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
    refuseUnknown(Object.keys(given));
    return compose(parse(given as Record<string, string>));
  } catch (error) {
    if (error instanceof WrongValue) return { error: error.message };
    throw error;
  }
}

function refuseUnknown(names: readonly string[]): void {
  const known = new Set<string>(variables.map((v) => v.name));
  const stranger = names.find((name) => !known.has(name) && ourPrefixes.some((prefix) => name.startsWith(prefix)));
  if (stranger === undefined) return;
  const prefix = ourPrefixes.find((p) => stranger.startsWith(p)) ?? '';
  const family = variables.map((v) => v.name).filter((name) => name.startsWith(prefix));
  throw new WrongValue(
    `${stranger} is not a setting of the war room${family.length > 0 ? `; allowed: ${family.join(', ')}` : ': unset it'}`,
  );
}

function parse(given: Readonly<Record<string, string>>): Environment {
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  const value = given[name] ?? '';
  if (name === 'DATABASE_URL')
    throw new WrongValue('DATABASE_URL is set, but PostgreSQL is not part of this version: unset it, and the store is a file in DATA_DIR');
  if (name === 'HOST')
    throw new WrongValue(
      `HOST=${oneLine(value)} is refused: accounts do not exist yet, so the war room serves this machine only; allowed: 127.0.0.1, ::1 or localhost. To let a TV or a phone in, put a reverse proxy with a password before it and set PUBLIC_URL: the README shows how (“On a TV and on phones”)`,
    );
  const variable = variables.find((v) => v.name === name);
  const hint = name === 'TIME_ZONE' ? zoneHint(value) : '';
  throw new WrongValue(
    `${name}=${variable?.secret ? '…' : oneLine(value)} is not allowed${hint}; allowed: ${variable?.allowed ?? 'nothing'}`,
  );
}

/** A short name that a library would have taken: says which zone it would silently have been. */
function zoneHint(name: string): string {
  const zone = canonicalZone(name);
  return zone === undefined ? '' : ` (it can mean several zones; ${zone} is one of them)`;
}

function compose(env: Environment): Config {
  return {
    host: env.HOST.replace(/^\[|\]$/g, ''),
    port: env.PORT,
    dataDir: resolve(env.DATA_DIR),
    timeZone: zoneNamed(env.TIME_ZONE) ?? env.TIME_ZONE,
    currency: env.CURRENCY,
    demo: env.DEMO,
    publicUrl: env.PUBLIC_URL === undefined ? null : new URL(env.PUBLIC_URL).origin,
    logLevel: env.LOG_LEVEL,
    secretKeyFile: resolve(env.SECRET_KEY_FILE ?? join(env.DATA_DIR, 'secret.key')),
    watchdog: { on: env.WATCHDOG === 'on', url: env.WATCHDOG_URL ?? null },
    channelAllow: env.CHANNEL_ALLOW?.split(',').map((entry) => entry.trim().toLowerCase()) ?? [],
    kafka: kafka(env),
  };
}
