/** A TCP proxy on loopback that can cut, hold, delay or spoil what passes: the failures of a network, on demand. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Ends every connection and refuses new ones until `restore`. */
  cut(): void;
  /** Half-open: connections stay, bytes stop, until `restore`. */
  hold(): void;
  restore(): void;
  /** Each piece passes this much later, both ways. */
  delay(ms: number): void;
  /** Rewrites what the server answers. undefined = as it is. */
  rewriteAnswers(rewrite: ((piece: Buffer) => Buffer) | undefined): void;
  /** Connections accepted since the start. */
  accepted(): number;
  stop(): Promise<void>;
}

/** `target` may be a function, for a port that is known later. */
export async function startTcpProxy(target: number | (() => number)): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let mode: 'open' | 'cut' | 'paused' = 'open';
  let delayMs = 0;
  let rewrite: ((piece: Buffer) => Buffer) | undefined;
  let accepted = 0;

  const pass = (from: Socket, to: Socket, change: (piece: Buffer) => Buffer) => {
    from.on('data', (piece) => {
      const out = change(piece);
      if (delayMs === 0) to.write(out);
      else setTimeout(() => !to.destroyed && to.write(out), delayMs);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const listener = createServer((client) => {
    accepted += 1;
    if (mode === 'cut') return void client.destroy();
    const server = connect({ port: typeof target === 'number' ? target : target(), host: '127.0.0.1' });
    const pair = { client, server };
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    pass(client, server, (piece) => piece);
    pass(server, client, (piece) => rewrite?.(piece) ?? piece);
    if (mode === 'paused') for (const socket of [client, server]) socket.pause();
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  const destroyAll = () => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  const setFlow = (flow: 'pause' | 'resume') => {
    for (const { client, server } of pairs) {
      client[flow]();
      server[flow]();
    }
  };
  return {
    port: (listener.address() as AddressInfo).port,
    cut() {
      mode = 'cut';
      destroyAll();
    },
    hold() {
      mode = 'paused';
      setFlow('pause');
    },
    restore() {
      mode = 'open';
      setFlow('resume');
    },
    delay(ms) {
      delayMs = ms;
    },
    rewriteAnswers(change) {
      rewrite = change;
    },
    accepted: () => accepted,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        destroyAll();
      }),
  };
}
