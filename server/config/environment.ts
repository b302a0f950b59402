/**
 * Every environment variable the program knows, as one zod schema. The start, the
 * README's table and `warroom doctor` all read it, so none of them can drift.
 * Each schema's `meta` says what the variable means and what may be written there.
 */
import * as z from 'zod';
import { isLoopback } from '../../shared/loopback.ts';
import { digitsOf } from '../../shared/money/currency.ts';
import { zoneNamed } from '../../shared/time/zone-name.ts';

export interface VariableMeta {
  readonly meaning: string;
  readonly allowed: string;
  /** The value must never be shown. */
  readonly secret?: true;
}
const described = <S extends z.ZodType>(schema: S, meta: VariableMeta): S => schema.meta({ ...meta }) as S;

const broker = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})$/;
function isBrokerList(text: string): boolean {
  return text.split(',').every((entry) => {
    const port = Number(broker.exec(entry.trim())?.[2] ?? 0);
    return port >= 1 && port <= 65_535;
  });
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && (text === url.origin || text === `${url.origin}/`);
}

const isHttpUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

const topic = (events: string, name: string) =>
  described(
    z
      .string()
      .regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/)
      .default(name),
    { meaning: `Kafka topic of ${events}`, allowed: 'a Kafka topic name: letters, digits, “.”, “_”, “-”, at most 249' },
  );
const pemFile = (what: string) =>
  described(z.string().optional(), { meaning: `PEM file with ${what}`, allowed: 'the path of a readable file, with KAFKA_SSL=true' });
const flag = z.enum(['true', 'false']).default('false');

export const environment = z.object({
  HOST: described(z.string().refine(isLoopback).default('127.0.0.1'), {
    meaning: 'Address to listen on; this machine only until accounts exist',
    allowed: '127.0.0.1, ::1 or localhost',
  }),
  PORT: described(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .default('8080')
      .transform(Number)
      .refine((port) => port <= 65_535),
    { meaning: 'Port to listen on; 0 takes any free one', allowed: 'a whole number from 0 to 65535' },
  ),
  DATA_DIR: described(z.string().default('./data'), { meaning: 'Folder of the store', allowed: 'the path of a folder' }),
  TIME_ZONE: described(
    z
      .string()
      .refine((name) => zoneNamed(name) !== undefined)
      .default('Asia/Shanghai'),
    {
      meaning: 'Business time zone: which day and hour a fact belongs to; fixed once the store holds facts',
      allowed: 'an IANA name of the form area/location such as Asia/Shanghai or Europe/London, or Etc/UTC; no short names',
    },
  ),
  CURRENCY: described(
    z
      .string()
      .refine((code) => digitsOf(code) !== undefined)
      .default('CNY'),
    {
      meaning: 'Currency of every amount, which is sent in its minor units; fixed once the store holds facts',
      allowed: 'a currency code of ISO 4217 in capital letters, such as CNY, JPY or KWD',
    },
  ),
  DEMO: described(z.enum(['auto', 'on', 'off']).default('auto'), {
    meaning: 'Demo workspace: auto shows it while the real store is empty and no Kafka is set',
    allowed: 'auto, on or off',
  }),
  PUBLIC_URL: described(z.string().refine(isOrigin).optional(), {
    meaning: 'Address people use when a proxy stands before the server',
    allowed: 'an origin such as https://warroom.example.com, without a path',
  }),
  LOG_LEVEL: described(z.enum(['debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'), {
    meaning: 'Least important log line to write',
    allowed: 'debug, info, warn, error, fatal or silent',
  }),
  SECRET_KEY_FILE: described(z.string().optional(), {
    meaning: 'Key for secrets at rest, made at the first start; unset: secret.key in DATA_DIR. Back it up apart from the store',
    allowed: 'the path of a file that only its owner can read',
  }),
  WATCHDOG: described(z.enum(['on', 'off']).default('on'), {
    meaning: 'Whether the server sends itself a marked mention every ten minutes and looks whether it becomes an alert',
    allowed: 'on or off',
  }),
  WATCHDOG_URL: described(z.string().refine(isHttpUrl).optional(), {
    meaning: 'Address that gets a POST every minute for as long as nothing is overdue; its silence is the alarm',
    allowed: 'an https address, or an http address of a host in CHANNEL_ALLOW',
    secret: true,
  }),
  CHANNEL_ALLOW: described(z.string().refine(isBrokerList).optional(), {
    meaning: 'Hosts that alerts may reach in private networks and without encryption',
    allowed: 'host:port, several separated by commas',
  }),
  DATABASE_URL: described(z.undefined().optional(), {
    meaning: 'PostgreSQL store; not part of this version, so it must be unset',
    allowed: 'nothing',
    secret: true,
  }),
  KAFKA_BROKERS: described(z.string().refine(isBrokerList).optional(), {
    meaning: 'Brokers to consume from; unset: the embedded log',
    allowed: 'host:port, several separated by commas',
  }),
  KAFKA_CLIENT_ID: described(z.string().max(200).default('warroom'), {
    meaning: 'Name the brokers see this program by',
    allowed: 'up to 200 characters',
  }),
  KAFKA_GROUP_ID: described(z.string().max(200).default('warroom'), { meaning: 'Consumer group', allowed: 'up to 200 characters' }),
  KAFKA_SSL: described(flag, { meaning: 'Encrypt connections to the brokers', allowed: 'true or false' }),
  KAFKA_SSL_CA_FILE: pemFile('the authority that signed the brokers’ certificates'),
  KAFKA_SSL_CERT_FILE: pemFile('this program’s certificate'),
  KAFKA_SSL_KEY_FILE: pemFile('the key of KAFKA_SSL_CERT_FILE'),
  KAFKA_SASL_MECHANISM: described(z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(), {
    meaning: 'How to sign in to the brokers',
    allowed: 'plain, scram-sha-256 or scram-sha-512',
  }),
  KAFKA_SASL_USERNAME: described(z.string().optional(), {
    meaning: 'User at the brokers',
    allowed: 'a user name, with KAFKA_SASL_MECHANISM',
  }),
  KAFKA_SASL_PASSWORD: described(z.string().optional(), {
    meaning: 'Password at the brokers',
    allowed: 'a password, with KAFKA_SASL_MECHANISM',
    secret: true,
  }),
  KAFKA_TOPIC_SALES: topic('sales.*', 'marketing.sales'),
  KAFKA_TOPIC_LEADS: topic('lead.*', 'marketing.leads'),
  KAFKA_TOPIC_SENTIMENT: topic('sentiment.*', 'marketing.sentiment'),
  KAFKA_TOPIC_CAMPAIGNS: topic('campaign.*, audience.*, content.* and traffic.*', 'marketing.campaigns'),
  KAFKA_TOPIC_COMPETITORS: topic('competitor.*', 'marketing.competitors'),
});

export type Environment = z.infer<typeof environment>;
export type VariableName = keyof Environment;

export interface Variable extends VariableMeta {
  readonly name: VariableName;
  /** As one would write it; null = unset. */
  readonly default: string | null;
}

/** All variables in the order people read them. */
export const variables: readonly Variable[] = Object.entries(environment.shape).map(([name, schema]) => {
  const standard = schema.safeParse(undefined).data;
  return {
    ...(schema.meta() as unknown as VariableMeta),
    name: name as VariableName,
    default: standard === undefined ? null : `${standard}`,
  };
});
