/** The parts of the server: store files, the built client, the brokers. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { incompatibility } from '../../adapters/kafka/api-versions.ts';
import { readKeys } from '../../adapters/secrets/key-file.ts';
import { sealBeginnings } from '../../adapters/secrets/secret-box.ts';
import { inspectStore } from '../../adapters/sqlite/open/inspect.ts';
import { mismatch } from '../../adapters/sqlite/open/meta.ts';
import type { Config } from '../../config.ts';
import { withBroker } from '../topics.ts';
import { messageOf, note, ok, wrong, type Finding } from './finding.ts';

const ANSWER_MS = 5_000;
/** The demo's store; it is thrown away and made anew whenever it does not fit. */
const DEMO = 'demo.db';

export function store(config: Config, name: string): Finding {
  const file = path.join(config.dataDir, name);
  try {
    const found = inspectStore(file);
    if (found === null) return note(`${name}: not made yet`);
    const size = `${name}: ${(found.bytes / 1_048_576).toFixed(1)} MB, schema ${found.schema}`;
    if (found.check !== 'ok') return wrong(`${size}, damaged: ${found.check}`, 'keep the files as they are and restore a backup elsewhere');
    if (found.schema > found.known) return wrong(`${size}, but this program knows ${found.known}`, 'start the newer program that wrote it');
    const trouble = found.filled ? mismatch(found, config) : null;
    if (trouble !== null && name === DEMO) return note(`${name}: made for other settings; it is made anew with these`);
    if (trouble !== null) return wrong(`${name}: ${trouble.what}`, trouble.todo);
    if (found.holder === null) return ok(`${size}, whole, in use by nobody`);
    return note(`${size}, whole, in use by ${found.holder ? `process ${found.holder.pid} on ${found.holder.host}` : 'another process'}`);
  } catch (error) {
    return wrong(`${name} cannot be read: ${messageOf(error)}`, 'see that it is a store of the war room and that this user may read it');
  }
}

/** Whether the key file opens what the store has sealed. The file is not made: a server that starts does that. */
export function secrets(config: Config, name: string): Finding[] {
  const { secretKeyFile } = config;
  try {
    const sealed = inspectStore(path.join(config.dataDir, name))?.channels ?? [];
    if (sealed.length === 0) return [];
    const opens = existsSync(secretKeyFile) ? sealBeginnings(readKeys(secretKeyFile)) : [];
    const lost = sealed.filter((channel) => !opens.some((beginning) => channel.sealed.startsWith(beginning)));
    if (lost.length === 0) return [ok(`${name}: the secrets of its ${sealed.length} alert channels can be opened`)];
    const ids = lost.map(({ id }) => id).join(', ');
    return [
      wrong(
        `${name}: SECRET_KEY_FILE=${secretKeyFile} does not open the secrets of the alert channels ${ids}: nobody is reached by them`,
        'bring the key file back that they were stored with, or give their addresses and secrets again under /settings/channels',
      ),
    ];
  } catch (error) {
    return [wrong(`the secrets of ${name} cannot be looked at: ${messageOf(error)}`, 'mend what is said of the store or the key file')];
  }
}

export function client(root: string): Finding {
  const page = path.join(root, 'dist/client/index.html');
  if (existsSync(page)) return ok(`the client was built ${statSync(page).mtime.toISOString()}`);
  return wrong('the client is not built', 'npm start builds it');
}

export async function kafka({ kafka: config }: Config): Promise<Finding[]> {
  if (!config) return [note('no Kafka: KAFKA_BROKERS is not set, events come in by HTTP and import')];
  const where = config.brokers.join(', ');
  try {
    const unfit = await incompatibility(config, ANSWER_MS);
    if (unfit) return [wrong(unfit, 'use brokers of Kafka 1.0 to 4.x')];
  } catch (error) {
    return [wrong(`no broker of ${where} can be reached: ${messageOf(error)}`, 'see that they run, and KAFKA_BROKERS, KAFKA_SSL')];
  }
  try {
    const rows = await withBroker(({ topics }) => topics.describe());
    const missing = rows.filter((r) => r.partitions === null).map((r) => r.name);
    const there = ok(`Kafka at ${where} answers and speaks our versions`);
    if (missing.length === 0) return [there, ok(`all ${rows.length} topics exist`)];
    return [there, wrong(`missing topics: ${missing.join(', ')}`, 'npm run warroom -- topics create')];
  } catch (error) {
    return [wrong(`Kafka at ${where} does not let us in: ${messageOf(error)}`, 'see KAFKA_SASL_* and the rights of that user')];
  }
}
