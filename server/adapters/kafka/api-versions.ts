/**
 * Finds out whether this program and the broker have protocol versions in common. The client
 * library takes the smaller of both maxima and ignores the broker's minimum, which KIP-896 raised,
 * so with too new a broker it would fail later with an error that does not name the cause.
 * One ApiVersions request of version 0 is sent (kafka.apache.org/protocol#The_Messages_ApiVersions);
 * brokers answer it before authentication.
 */
import type { Socket } from 'node:net';
import { openSocket, tlsOptions, type ConnectionConfig } from './client.ts';
import { BrokerUnreachable } from './failures.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}
/** Versions that the library supports and this program needs, by API key; the minima are those of record batches with headers. */
const supported: Readonly<Record<number, Range & { readonly name: string }>> = {
  0: { name: 'Produce', min: 3, max: 7 },
  1: { name: 'Fetch', min: 4, max: 11 },
  2: { name: 'ListOffsets', min: 1, max: 3 },
  3: { name: 'Metadata', min: 1, max: 6 },
  8: { name: 'OffsetCommit', min: 2, max: 5 },
  9: { name: 'OffsetFetch', min: 1, max: 4 },
  10: { name: 'FindCoordinator', min: 0, max: 2 },
  11: { name: 'JoinGroup', min: 0, max: 5 },
};
const apiVersionsKey = 18;
const correlationId = 1;

/**
 * Asks the first broker that answers. Resolves to null when it is compatible, else to one sentence; throws
 * `BrokerUnreachable` when none answers.
 */
export async function incompatibility(config: ConnectionConfig, timeoutMs: number): Promise<string | null> {
  let last = 'no broker is configured';
  for (const broker of config.brokers) {
    try {
      return compare(broker, await ask(broker, config, timeoutMs));
    } catch (error) {
      last = `${broker}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  throw new BrokerUnreachable(last);
}

/** Exported for its test: versions by API key as the broker gave them. */
export function compare(broker: string, offered: ReadonlyMap<number, Range>): string | null {
  for (const [key, ours] of Object.entries(supported)) {
    const theirs = offered.get(Number(key));
    const span = `this program speaks ${ours.name} ${ours.min} to ${ours.max}`;
    if (!theirs) return `Kafka broker ${broker} does not offer ${ours.name}; ${span}.`;
    const words = `it speaks ${ours.name} ${theirs.min} to ${theirs.max}, ${span}. Kafka 1.0 to 4.x works.`;
    if (theirs.min > ours.max) return `Kafka broker ${broker} is too new: ${words}`;
    if (theirs.max < ours.min) return `Kafka broker ${broker} is too old: ${words}`;
  }
  return null;
}

async function ask(broker: string, config: ConnectionConfig, timeoutMs: number): Promise<ReadonlyMap<number, Range>> {
  const colon = broker.lastIndexOf(':');
  const socket = openSocket(broker.slice(0, colon), Number(broker.slice(colon + 1)), config.ssl ? tlsOptions(config.ssl) : null);
  try {
    return decode(await exchange(socket, request(config.clientId), timeoutMs, broker));
  } finally {
    socket.destroy();
  }
}

function request(clientId: string): Buffer {
  const name = Buffer.from(clientId);
  const out = Buffer.alloc(14 + name.length);
  out.writeInt32BE(10 + name.length, 0);
  out.writeInt16BE(apiVersionsKey, 4);
  out.writeInt16BE(0, 6);
  out.writeInt32BE(correlationId, 8);
  out.writeInt16BE(name.length, 12);
  name.copy(out, 14);
  return out;
}

function exchange(socket: Socket, out: Buffer, timeoutMs: number, broker: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0);
    const timer = setTimeout(() => reject(new Error(`${broker} did not answer within ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    socket.once('error', fail);
    socket.once('close', () => fail(new Error(`${broker} closed the connection`)));
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk]);
      if (got.length < 4 || got.length < 4 + got.readInt32BE(0)) return;
      clearTimeout(timer);
      resolve(got.subarray(4));
    });
    socket.write(out);
  });
}

function decode(answer: Buffer): ReadonlyMap<number, Range> {
  if (answer.length < 10 || answer.readInt32BE(0) !== correlationId) throw new Error('the answer is not from a Kafka broker');
  const code = answer.readInt16BE(4);
  if (code !== 0) throw new Error(`the broker refused ApiVersions with error ${code}`);
  const versions = new Map<number, Range>();
  const count = answer.readInt32BE(6);
  for (let index = 0, at = 10; index < count && at + 6 <= answer.length; index += 1, at += 6) {
    versions.set(answer.readInt16BE(at), { min: answer.readInt16BE(at + 2), max: answer.readInt16BE(at + 4) });
  }
  return versions;
}
