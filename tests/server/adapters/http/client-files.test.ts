/** Files of the built client go out as the build compressed them, where the browser takes that. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { clientFiles } from '../../../../server/adapters/http/client-files.ts';

const script = `export const words = ${JSON.stringify('营销作战室'.repeat(400))};`;
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function serve(fill: (dir: string) => void): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'client-'));
  fill(dir);
  const server: Server = express()
    .use(clientFiles(join(dir, 'client')))
    .listen(0, '127.0.0.1');
  opened.push(() => {
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function built(dir: string): void {
  mkdirSync(join(dir, 'client/assets'), { recursive: true });
  const file = join(dir, 'client/assets/wall-1a2b.js');
  writeFileSync(file, script);
  writeFileSync(`${file}.br`, brotliCompressSync(script));
  writeFileSync(`${file}.gz`, gzipSync(script));
  writeFileSync(join(dir, 'client/icon.svg'), '<svg/>');
}

interface Got {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}
function get(port: number, path: string, encodings: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': encodings } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

it.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['identity', undefined, (body: Buffer) => body],
])('to a browser that takes “%s” as %s', async (encodings, sent, unpack) => {
  const port = await serve(built);
  const { status, headers, body } = await get(port, '/assets/wall-1a2b.js', encodings);
  expect([status, headers['content-encoding']]).toEqual([200, sent]);
  expect(String(headers['content-type']).toLowerCase()).toBe('text/javascript; charset=utf-8');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['vary']).toBe('Accept-Encoding');
  expect(unpack(body).toString()).toBe(script);
});

it('as it is where nothing compressed stands beside it', async () => {
  const port = await serve(built);
  const { status, headers, body } = await get(port, '/icon.svg', 'gzip, br');
  expect([status, headers['content-encoding'], headers['cache-control'], body.toString()]).toEqual([200, undefined, 'no-cache', '<svg/>']);
});

it('not at all before the client is built', async () => {
  const port = await serve(() => undefined);
  expect((await get(port, '/assets/wall-1a2b.js', 'gzip')).status).toBe(404);
});
