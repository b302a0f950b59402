/**
 * The only reader of the environment. Everything else is handed a `Config`, so a
 * wrong value stops the start with one line instead of surfacing hours later.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Topic } from '../shared/events/define.ts';
import { environment, type Environment, variables } from './config/environment.ts';

export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly groupId: string;
  /** PEM texts; null = connections in clear. */
  readonly ssl: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null;
  readonly sasl: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  } | null;
  /** Name at the broker of each logical topic. */
  readonly topics: Readonly<Record<Topic, string>>;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path. */
  readonly dataDir: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly demo: 'auto' | 'on' | 'off';
  /** Origin people use, without a trailing slash; null = the address listened on. */
  readonly publicUrl: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly secretKeyFile: string | null;
  /** null = the embedded log. */
  readonly kafka: KafkaConfig | null;
}
export interface ConfigError {
  /** One line that names the variable and says what is allowed. */
  readonly error: string;
}

/** Variables with one of these beginnings are ours: a name we do not know is a slip of the pen. */
const ourPrefixes = ['KAFKA_', 'WARROOM_', 'DEMO'];

class WrongValue extends Error {}

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
      `HOST=${oneLine(value)} is refused: accounts do not exist yet, so the war room serves this machine only; allowed: 127.0.0.1, ::1 or localhost`,
    );
  const variable = variables.find((v) => v.name === name);
  throw new WrongValue(`${name}=${variable?.secret ? '…' : oneLine(value)} is not allowed; allowed: ${variable?.allowed ?? 'nothing'}`);
}

function compose(env: Environment): Config {
  return {
    host: env.HOST.replace(/^\[|\]$/g, ''),
    port: env.PORT,
    dataDir: resolve(env.DATA_DIR),
    timeZone: env.TIME_ZONE,
    currency: env.CURRENCY,
    demo: env.DEMO,
    publicUrl: env.PUBLIC_URL === undefined ? null : new URL(env.PUBLIC_URL).origin,
    logLevel: env.LOG_LEVEL,
    secretKeyFile: env.SECRET_KEY_FILE === undefined ? null : resolve(env.SECRET_KEY_FILE),
    kafka: kafka(env),
  };
}

function kafka(env: Environment): KafkaConfig | null {
  const topics: Record<Topic, string> = {
    sales: env.KAFKA_TOPIC_SALES,
    leads: env.KAFKA_TOPIC_LEADS,
    sentiment: env.KAFKA_TOPIC_SENTIMENT,
    campaigns: env.KAFKA_TOPIC_CAMPAIGNS,
    competitors: env.KAFKA_TOPIC_COMPETITORS,
  };
  const names = Object.values(topics);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new WrongValue(`KAFKA_TOPIC_*: ${twice} is given twice; allowed: a name of its own for each topic`);
  const ssl = encryption(env);
  const sasl = signIn(env);
  if (env.KAFKA_BROKERS === undefined) return null;
  return {
    brokers: env.KAFKA_BROKERS.split(',').map((entry) => entry.trim()),
    clientId: env.KAFKA_CLIENT_ID,
    groupId: env.KAFKA_GROUP_ID,
    ssl,
    sasl,
    topics,
  };
}

function encryption(env: Environment): KafkaConfig['ssl'] {
  const files = ['KAFKA_SSL_CA_FILE', 'KAFKA_SSL_CERT_FILE', 'KAFKA_SSL_KEY_FILE'] as const;
  if (env.KAFKA_SSL === 'false') {
    const stray = files.find((name) => env[name] !== undefined);
    if (stray !== undefined) throw new WrongValue(`${stray} is set without encryption; allowed: with KAFKA_SSL=true`);
    return null;
  }
  if ((env.KAFKA_SSL_CERT_FILE === undefined) !== (env.KAFKA_SSL_KEY_FILE === undefined))
    throw new WrongValue('KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE belong together; allowed: both or neither');
  const [ca, cert, key] = files.map((name) => pem(name, env[name]));
  return { ca: ca ?? null, cert: cert ?? null, key: key ?? null };
}

function pem(name: string, path: string | undefined): string | null {
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new WrongValue(
      `${name}=${oneLine(path)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}); allowed: a readable PEM file`,
    );
  }
}

function signIn(env: Environment): KafkaConfig['sasl'] {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = env;
  if (mechanism === undefined && username === undefined && password === undefined) return null;
  const missing =
    mechanism === undefined
      ? 'KAFKA_SASL_MECHANISM'
      : username === undefined
        ? 'KAFKA_SASL_USERNAME'
        : password === undefined
          ? 'KAFKA_SASL_PASSWORD'
          : null;
  if (mechanism === undefined || username === undefined || password === undefined)
    throw new WrongValue(`${missing} is missing; allowed: KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD together`);
  return { mechanism, username, password };
}

/** Keeps the answer one line, and short, whatever was written. */
function oneLine(value: string): string {
  const shown = JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
  return shown.slice(1, -1);
}
