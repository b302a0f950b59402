/**
 * The built client. Files under /assets carry a hash in their name and never change;
 * everything else is asked for anew, so that a new build shows on the next load.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import staticGzip from 'express-static-gzip';
import { problem, reply, type Reply } from './reply.ts';
import { pagePolicy } from './security-headers.ts';

export function clientFiles(staticDir: string): RequestHandler {
  // The folder is read when this is made, to find what stands beside a file in compressed form.
  if (!existsSync(staticDir)) return (_request, _response, next) => next();
  return staticGzip(staticDir, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    serveStatic: {
      redirect: false,
      dotfiles: 'ignore',
      setHeaders(response, path) {
        const hashed = path.startsWith(join(staticDir, 'assets'));
        response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    },
  });
}

/**
 * Addresses of the client's own pages: what a browser navigates to and no file or route answers; `/` whoever asks. An
 * address that ends in a name with a dot is a file that is not there, unless the name is the id of something.
 */
export function isPage(method: string, path: string, accept: string | undefined): boolean {
  const lastPart = path.slice(path.lastIndexOf('/') + 1);
  return (
    (method === 'GET' || method === 'HEAD') &&
    (path === '/' || (accept ?? '').includes('text/html')) &&
    (!lastPart.includes('.') || /^\/(kpis|campaigns)\/[^/]+$/.test(path)) &&
    !/%(2e|2f|5c|00)/i.test(path) &&
    !/^\/(\/|api(\/|$)|socket\.io(\/|$)|assets(\/|$))/i.test(path)
  );
}

/**
 * The document of every page, with a nonce of its own in the document and in the policy, and the build it belongs to: a page
 * that a worker kept learns by it that the server has another one.
 */
export function clientPage(staticDir: string, build?: string): Reply {
  const file = join(staticDir, 'index.html');
  if (!existsSync(file)) return problem(503, 'client_not_built', 'the pages are not built yet: npm start builds them');
  const nonce = randomBytes(16).toString('base64');
  const document = readFileSync(file, 'utf8')
    .replace('__STYLE_NONCE__', nonce)
    .replace('__BUILD__', build ?? '');
  return reply(200, 'text/html; charset=utf-8', document, {
    'cache-control': 'no-cache',
    'content-security-policy': pagePolicy(nonce),
  });
}

/** The @font-face rules of one family in the built client, for pages that are not part of it; empty before it is built. */
export function fontFaces(staticDir: string, family: string): string {
  const assets = join(staticDir, 'assets');
  if (!existsSync(assets)) return '';
  const sheets = readdirSync(assets).filter((name) => name.endsWith('.css'));
  const faces = sheets.flatMap((name) => readFileSync(join(assets, name), 'utf8').match(/@font-face\{[^}]*\}/gu) ?? []);
  return [...new Set(faces)].filter((face) => face.includes(family)).join('\n');
}
