/**
 * Serves the built client. Files under /assets have a hash in their name and never change, so browsers
 * keep them; every other file is requested again each time, so that the next load shows a new build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { problem, type Reply } from './reply.ts';

export function clientFiles(staticDir: string): RequestHandler {
  return express.static(staticDir, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders(response, path) {
      const hashed = path.startsWith(join(staticDir, 'assets'));
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/**
 * True for the addresses of the client's pages: those that a browser navigates to and that no file or route answers, and
 * `/` for every caller.
 */
export function isPage(method: string, path: string, accept: string | undefined): boolean {
  const lastPart = path.slice(path.lastIndexOf('/') + 1);
  return (
    (method === 'GET' || method === 'HEAD') &&
    (path === '/' || (accept ?? '').includes('text/html')) &&
    !lastPart.includes('.') &&
    !/%(2e|2f|5c|00)/i.test(path) &&
    !/^\/(\/|api(\/|$)|socket\.io(\/|$)|assets(\/|$))/i.test(path)
  );
}

export function clientPage(staticDir: string): { readonly file: string } | Reply {
  const file = join(staticDir, 'index.html');
  return existsSync(file) ? { file } : problem(503, 'client_not_built', 'the pages are not built yet: npm start builds them');
}

/**
 * The @font-face rules of one font family in the built client, for pages that do not belong to the client; empty before
 * the client is built.
 */
export function fontFaces(staticDir: string, family: string): string {
  const assets = join(staticDir, 'assets');
  if (!existsSync(assets)) return '';
  const sheets = readdirSync(assets).filter((name) => name.endsWith('.css'));
  const faces = sheets.flatMap((name) => readFileSync(join(assets, name), 'utf8').match(/@font-face\{[^}]*\}/gu) ?? []);
  return [...new Set(faces)].filter((face) => face.includes(family)).join('\n');
}
