/** Many screens in one process, as cheap as they can be: they count patches and answer pings, and read nothing else. */
import { WebSocket } from 'ws';

export interface Screens {
  /** Patches that each screen got so far. */
  readonly counts: readonly number[];
  /** The revision that each screen holds. */
  readonly latest: readonly number[];
  /** Bytes of all patches of all screens. */
  readonly bytes: () => number;
  close(): void;
}

/** @param port of a server that speaks engine.io, where `path` is given, else of a bare one */
export async function openScreens(port: number, count: number, path: string): Promise<Screens> {
  const sockets: WebSocket[] = [];
  const counts = new Array<number>(count).fill(0);
  const latest = new Array<number>(count).fill(0);
  let bytes = 0;
  const speaks = path !== '/';
  const open = (screen: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, { perMessageDeflate: false, skipUTF8Validation: true });
      sockets.push(socket);
      socket.once('error', reject);
      if (!speaks) socket.once('open', resolve);
      socket.on('message', (message: Buffer) => {
        if (message.subarray(0, 10).equals(patchBegins)) {
          counts[screen] = (counts[screen] ?? 0) + 1;
          bytes += message.length;
          latest[screen] = revisionOf(message);
        } else if (speaks && message.length === 1) socket.send('3');
        else if (message[0] === openPacket) socket.send('40');
        else if (message.subarray(0, 12).equals(snapshotBegins)) {
          latest[screen] = revisionOf(message);
          resolve();
        }
      });
    });
  // A few at a time: a queue of connections is short.
  for (let from = 0; from < count; from += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, i) => open(from + i)));
  }
  return {
    counts,
    latest,
    bytes: () => bytes,
    close: () => {
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** Read from the first characters, without parsing the rest. */
const revisionOf = (message: Buffer): number => Number(/"revision":(\d+)/.exec(message.toString('latin1', 0, 120))?.[1] ?? Number.NaN);

const patchBegins = Buffer.from('42["patch"');
const snapshotBegins = Buffer.from('42["snapshot');
const openPacket = '0'.charCodeAt(0);
