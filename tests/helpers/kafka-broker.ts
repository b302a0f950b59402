/**
 * A real Apache Kafka for tests: the broker's own jars from Maven, one combined
 * KRaft node on loopback, killable by process id, its data kept over a restart.
 * `KAFKA_BROKERS` names a broker to use instead; such a broker cannot be killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitForPort } from './ports.ts';
import { kafkaLibs } from './kafka-libs.ts';

export interface KafkaBroker {
  /** `host:port`, as clients should be given it. */
  readonly brokers: string[];
  /** Where the broker listens, whatever it advertises. */
  readonly port: number;
  /** False when it is the broker of `KAFKA_BROKERS`, which tests may not kill. */
  readonly own: boolean;
  /** Sends a signal; after SIGKILL and SIGTERM resolves once the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts the same node again on the same data and port. */
  restart(): Promise<void>;
  /** Ends the process and removes its data. */
  stop(): Promise<void>;
}

export interface KafkaOptions {
  /** Data folder; a temporary one by default. */
  readonly dir?: string;
  readonly port?: number;
  /** The port that clients connect to, such as that of a proxy. */
  readonly advertisedPort?: number;
  /** Broker settings over those below. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `quick` starts sooner, `full` runs faster once warm: for benches. */
  readonly jvm?: 'quick' | 'full';
}

export async function startKafka(options: KafkaOptions = {}): Promise<KafkaBroker> {
  const outside = process.env['KAFKA_BROKERS'];
  if (outside) return outsideBroker(outside);

  const classpath = `${kafkaLibs()}/*`;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'warroom-kafka-'));
  mkdirSync(dir, { recursive: true });
  const port = options.port ?? (await freePort());
  const advertised = options.advertisedPort ?? port;
  const file = join(dir, 'server.properties');
  writeFileSync(file, properties({ dir, port, advertised, controller: await freePort(), settings: options.settings ?? {} }));
  const quick = options.jvm !== 'full';
  const java = (args: readonly string[]) => run(dir, [...(quick ? ['-XX:TieredStopAtLevel=1'] : []), '-cp', classpath, ...args]);

  await formatted(dir, async (clusterId) => {
    // One argument with its value: a random id may begin with a dash.
    const code = await ended(java(['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', file]));
    if (code !== 0) throw new Error(`Kafka storage could not be formatted (exit ${code}); see ${dir}/broker.log`);
  });

  let broker: ChildProcess | undefined;
  const endWithUs = () => broker?.kill('SIGKILL');
  process.on('exit', endWithUs);
  const start = async () => {
    broker = java(['kafka.Kafka', file]);
    const died = ended(broker).then((exit) =>
      Promise.reject(new Error(`Kafka ended while starting (exit ${exit}); see ${dir}/broker.log`)),
    );
    await Promise.race([waitForPort(port, 180_000), died]);
    died.catch(() => {});
  };
  const kill: KafkaBroker['kill'] = async (signal) => {
    if (!broker || broker.exitCode !== null || broker.signalCode !== null) return;
    const gone = ended(broker);
    broker.kill(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await gone;
  };
  await start();
  return {
    brokers: [`127.0.0.1:${advertised}`],
    port,
    own: true,
    kill,
    restart: async () => {
      await kill('SIGKILL');
      await start();
    },
    stop: async () => {
      await kill('SIGKILL');
      process.off('exit', endWithUs);
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What a formatted folder holds: its names, and the versions of its features. */
const [names, features] = ['meta.properties', 'bootstrap.checkpoint'];

/**
 * Formats the folder of a new broker. Kafka's own tool takes two seconds of processor time for two small files, so what it has
 * made once is copied to the brokers after it, under a cluster and a directory of their own.
 */
async function formatted(dir: string, format: (clusterId: string) => Promise<void>): Promise<void> {
  const data = join(dir, 'data');
  if (existsSync(join(data, names))) return;
  const model = `${kafkaLibs()}-formatted`;
  if (!existsSync(model)) {
    await format(newId());
    const work = `${model}-${process.pid}`;
    mkdirSync(work, { recursive: true });
    for (const name of [names, features]) copyFileSync(join(data, name), join(work, name));
    try {
      renameSync(work, model);
    } catch (error) {
      // Another process was first; its copy is as good.
      if (!existsSync(model)) throw error;
      rmSync(work, { recursive: true });
    }
    return;
  }
  mkdirSync(data, { recursive: true });
  copyFileSync(join(model, features), join(data, features));
  const own = readFileSync(join(model, names), 'utf8').replace(
    /^(cluster|directory)\.id=.*$/gmu,
    (_line, of: string) => `${of}.id=${newId()}`,
  );
  writeFileSync(join(data, names), own);
}

const newId = (): string => randomBytes(16).toString('base64url');

/** The session time-out decides how long a killed broker's restart waits for its old registration: 9 s by default, 2 s here. */
function properties(at: {
  dir: string;
  port: number;
  advertised: number;
  controller: number;
  settings: Readonly<Record<string, string>>;
}): string {
  const lines: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${at.controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${at.port},CONTROLLER://127.0.0.1:${at.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${at.advertised}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(at.dir, 'data'),
    'broker.session.timeout.ms': '2000',
    'broker.heartbeat.interval.ms': '500',
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '1000',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'auto.create.topics.enable': 'false',
    'log.retention.check.interval.ms': '1000',
    ...at.settings,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function run(dir: string, args: readonly string[]): ChildProcess {
  const log = openSync(join(dir, 'broker.log'), 'a');
  return spawn('java', ['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', `-Dkafka.logs.dir=${dir}`, ...args], { stdio: ['ignore', log, log] });
}

function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? child.signalCode);
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
    child.once('error', reject);
  });
}

function outsideBroker(list: string): KafkaBroker {
  const brokers = list.split(',').map((b) => b.trim());
  const refuse = () => Promise.reject(new Error('the broker of KAFKA_BROKERS is not ours to stop'));
  const port = Number(brokers[0]?.split(':').at(-1) ?? 9092);
  return { brokers, port, own: false, kill: refuse, restart: refuse, stop: () => Promise.resolve() };
}
