import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { variables } from '../../server/config/environment.ts';
import { type Config, loadConfig } from '../../server/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function good(env: Record<string, string>): Config {
  const config = loadConfig(env);
  if ('error' in config) throw new Error(config.error);
  return config;
}
function errorOf(env: Record<string, string>): string {
  const config = loadConfig(env);
  if (!('error' in config)) throw new Error('the configuration was accepted');
  return config.error;
}

describe('configuration', () => {
  it('needs nothing', () => {
    expect(good({ PATH: '/bin', HOME: '/home/x' })).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: resolve('./data'),
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      demo: 'auto',
      publicUrl: null,
      logLevel: 'info',
      secretKeyFile: resolve('data/secret.key'),
      channelAllow: [],
      watchdog: { on: true, url: null },
      kafka: null,
    });
  });

  it('counts an empty value as unset', () => {
    expect(good({ KAFKA_BROKERS: '', PORT: ' ', DATABASE_URL: '' })).toMatchObject({ kafka: null, port: 8080 });
  });

  it('reads a whole Kafka connection', () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, 'CERT');
    const { kafka } = good({
      KAFKA_BROKERS: 'a.example:9092, b.example:9093,[::1]:9094',
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA_FILE: ca,
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
      KAFKA_TOPIC_SALES: 'shop.orders',
    });
    expect(kafka).toEqual({
      brokers: ['a.example:9092', 'b.example:9093', '[::1]:9094'],
      clientId: 'warroom',
      groupId: 'warroom',
      ssl: { ca: 'CERT', cert: null, key: null },
      sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
      topics: {
        sales: 'shop.orders',
        leads: 'marketing.leads',
        sentiment: 'marketing.sentiment',
        campaigns: 'marketing.campaigns',
        competitors: 'marketing.competitors',
      },
    });
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['TIME_ZONE', 'Asia/Nowhere'],
    ['TIME_ZONE', '+08:00'],
    ['TIME_ZONE', 'CST'],
    ['TIME_ZONE', 'BST'],
    ['TIME_ZONE', 'GMT'],
    ['TIME_ZONE', 'UTC'],
    ['TIME_ZONE', 'EST5EDT'],
    ['TIME_ZONE', 'PRC'],
    ['TIME_ZONE', 'SystemV/PST8PDT'],
    ['TIME_ZONE', 'Asia/'],
    ['TIME_ZONE', 'Etc/Unknown'],
    ['CURRENCY', 'yuan'],
    ['CURRENCY', 'XXQ'],
    ['CURRENCY', 'ABC'],
    ['CURRENCY', 'XAU'],
    ['CURRENCY', 'RMB'],
    ['CURRENCY', 'jpy'],
    ['DEMO', 'yes'],
    ['PUBLIC_URL', 'warroom.example.com'],
    ['PUBLIC_URL', 'https://warroom.example.com/path'],
    ['PUBLIC_URL', 'https://user@warroom.example.com'],
    ['LOG_LEVEL', 'loud'],
    ['KAFKA_BROKERS', 'localhost'],
    ['KAFKA_BROKERS', 'localhost:0'],
    ['KAFKA_BROKERS', 'a:1,,b:2'],
    ['KAFKA_SSL', 'yes'],
    ['KAFKA_TOPIC_LEADS', 'a b'],
    ['KAFKA_SASL_MECHANISM', 'gssapi'],
  ])('stops at %s=%s with one line that names it and says what is allowed', (name, value) => {
    const line = errorOf({ [name]: value });
    expect(line).not.toContain('\n');
    expect(line).toContain(`${name}=${value}`);
    const allowed = variables.find((v) => v.name === name)?.allowed ?? 'missing';
    expect(line).toContain(allowed);
  });

  it('says of a short name which zone it would have been', () => {
    expect(errorOf({ TIME_ZONE: 'MST' })).toMatch(/can mean several zones; America\/\w+ is one of them/);
  });

  it.each([
    ['Etc/UTC', 'Etc/UTC'],
    ['etc/utc', 'Etc/UTC'],
    ['Etc/GMT+8', 'Etc/GMT+8'],
    ['europe/london', 'Europe/London'],
    ['asia/calcutta', 'Asia/Calcutta'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['ASIA/HARBIN', 'Asia/Shanghai'],
    ['America/Port_of_Spain', 'America/Port_of_Spain'],
    ['US/Pacific', 'US/Pacific'],
    ['America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
  ])('takes TIME_ZONE=%s as %s', (written, name) => {
    expect(good({ TIME_ZONE: written }).timeZone).toBe(name);
  });

  it.each(['JPY', 'KWD', 'CLF', 'UGX', 'EUR'])('takes CURRENCY=%s', (code) => {
    expect(good({ CURRENCY: code }).currency).toBe(code);
  });

  it.each(['0.0.0.0', '192.168.1.4', '::', 'warroom.example.com', '127.evil.example', '1270.0.0.1'])(
    'refuses HOST=%s because accounts do not exist yet',
    (host) => {
      expect(errorOf({ HOST: host })).toMatch(/^HOST=.*accounts do not exist yet.*127\.0\.0\.1/);
    },
  );
  it.each(['127.0.0.1', '127.8.8.8', '::1', '[::1]', 'localhost', 'LOCALHOST'])('listens on HOST=%s', (host) => {
    expect(good({ HOST: host }).host).toBe(host.replace(/[[\]]/g, ''));
  });

  it('refuses PostgreSQL without showing the address', () => {
    const line = errorOf({ DATABASE_URL: 'postgres://u:s3cret@db/x' });
    expect(line).toContain('DATABASE_URL');
    expect(line).not.toContain('s3cret');
  });

  it.each(['KAFKA_BROKER', 'KAFKA_TOPIC_SALE', 'WARROOM_PORT', 'DEMO_SPEED'])('names the unknown variable %s', (name) => {
    expect(errorOf({ [name]: 'x' })).toMatch(new RegExp(`^${name} is not a setting`));
  });

  it('wants settings that belong together to come together', () => {
    expect(errorOf({ KAFKA_SSL_CA_FILE: 'x' })).toMatch(/^KAFKA_SSL_CA_FILE.*KAFKA_SSL=true/);
    expect(errorOf({ KAFKA_SSL: 'true', KAFKA_SSL_KEY_FILE: 'x' })).toContain('KAFKA_SSL_CERT_FILE');
    expect(errorOf({ KAFKA_SSL: 'true', KAFKA_SSL_CA_FILE: join(folder, 'absent.pem') })).toMatch(/^KAFKA_SSL_CA_FILE=.*ENOENT/);
    expect(errorOf({ KAFKA_SASL_USERNAME: 'u' })).toMatch(/^KAFKA_SASL_MECHANISM is missing/);
    expect(errorOf({ KAFKA_TOPIC_SALES: 'one', KAFKA_TOPIC_LEADS: 'one' })).toContain('one is given twice');
  });

  it('never breaks its line, nor shows a password', () => {
    expect(errorOf({ TIME_ZONE: `a\nb${'x'.repeat(500)}` }).split('\n')).toHaveLength(1);
    expect(errorOf({ KAFKA_SASL_PASSWORD: 'hunter2' })).not.toContain('hunter2');
  });

  it('describes every variable once, with the default that loading uses', () => {
    expect(new Set(variables.map((v) => v.name)).size).toBe(variables.length);
    for (const variable of variables) {
      expect(variable.meaning.length).toBeGreaterThan(5);
      expect(variable.allowed).not.toBe('');
    }
    expect(variables.find((v) => v.name === 'PORT')?.default).toBe('8080');
    expect(variables.find((v) => v.name === 'KAFKA_BROKERS')?.default).toBeNull();
  });
});
