/** Start and drain of the listening socket: plain sentences when it cannot start, patience with open answers when it ends. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Resolves once listening; 0 takes any free port. */
export function listen(server: Server, host: string, port: number): Promise<{ port: number; url: string }> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} on ${host} is taken: stop what uses it, or set PORT`, { cause: error })
          : error,
      );
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      const taken = (server.address() as AddressInfo).port;
      resolve({ port: taken, url: urlOf(host, taken) });
    });
  });
}

/** Takes no new connections, lets open answers finish, and ends them after `graceMs`. Safe to call twice. */
export function drain(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
