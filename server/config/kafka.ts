/** The Kafka half of the configuration: settings that only make sense together. */
import { readFileSync } from 'node:fs';
import type { Topic } from '../../shared/events/define.ts';
import type { Environment } from './environment.ts';
import { oneLine, WrongValue } from './wrong-value.ts';

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

/** null = no brokers: the embedded log. The other settings are checked all the same. */
export function kafka(env: Environment): KafkaConfig | null {
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
