import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../helpers/project-root.ts';

const code = readFileSync(join(projectRoot, 'client/public/service-worker.js'), 'utf8');
type Listener = (event: object) => void;

let listeners: Record<string, Listener>;
let pages: { url: string; focus: () => void }[];
const shown = vi.fn();
const opened = vi.fn();
let waited: Promise<unknown>[];

beforeEach(() => {
  vi.clearAllMocks();
  [listeners, pages, waited] = [{}, [], []];
  runInNewContext(code, {
    URL,
    self: {
      addEventListener: (name: string, listener: Listener) => (listeners[name] = listener),
      location: { origin: 'https://war.example.com' },
      registration: { showNotification: shown },
      clients: { matchAll: () => Promise.resolve(pages), openWindow: opened },
    },
  });
});
const waitUntil = (work: Promise<unknown>) => waited.push(work);
async function tap(url: string | undefined): Promise<void> {
  listeners['notificationclick']?.({ notification: { close: () => undefined, data: { url } }, waitUntil });
  await Promise.all(waited);
}

describe('the worker that shows messages', () => {
  it('shows the words of the server, and something even when they cannot be read', () => {
    const message = { title: '【红】A17', body: '响应还剩 12 分钟', url: 'https://war.example.com/incidents/i-17', tag: 't' };
    listeners['push']?.({ data: { json: () => message }, waitUntil });
    expect(shown).toHaveBeenLastCalledWith('【红】A17', expect.objectContaining({ body: '响应还剩 12 分钟', tag: 't', renotify: true }));
    listeners['push']?.({ data: null, waitUntil });
    expect(shown).toHaveBeenLastCalledWith('营销作战室', expect.objectContaining({ body: '', renotify: false }));
  });

  it('opens the story, or the page that shows it already, and never another site', async () => {
    await tap('https://war.example.com/incidents/i-17');
    expect(opened).toHaveBeenLastCalledWith('/incidents/i-17');
    await tap('https://evil.example/incidents/i-18');
    expect(opened).toHaveBeenLastCalledWith('/incidents/i-18');
    await tap(undefined);
    expect(opened).toHaveBeenLastCalledWith('/incidents');
    const focus = vi.fn();
    pages = [{ url: 'https://war.example.com/incidents/i-17', focus }];
    await tap('https://war.example.com/incidents/i-17');
    expect(focus).toHaveBeenCalledOnce();
    expect(opened).toHaveBeenCalledTimes(3);
  });
});

describe('the worker that keeps the shell of the wall', () => {
  it('answers no request of the API, no command, and no page but the wall’s', () => {
    const respondWith = vi.fn();
    const ask = (url: string, request: object = {}) =>
      listeners['fetch']?.({ request: { url: `https://war.example.com${url}`, method: 'GET', mode: 'cors', ...request }, respondWith });
    for (const path of ['/api/screens', '/api/views/overview', '/socket.io/?EIO=4', '/metrics', '/readyz']) ask(path);
    ask('/incidents', { mode: 'navigate' });
    ask('/', { mode: 'navigate', method: 'POST' });
    expect(respondWith).not.toHaveBeenCalled();
  });

  it('keeps the shells of two builds, and no document that belongs to another build than its files', async () => {
    const shells = new Map<string, Map<string, unknown>>();
    const served = { build: '' };
    const caches = {
      keys: async () => [...shells.keys()],
      delete: async (name: string) => shells.delete(name),
      match: async () => undefined,
      open: async (name: string) => {
        const shell = shells.get(name) ?? new Map<string, unknown>();
        shells.set(name, shell);
        return {
          match: async (path: string) => shell.get(path),
          put: async (path: string, page: unknown) => shell.set(path, page),
          addAll: async (paths: readonly string[]) => paths.forEach((path) => shell.set(path, path)),
        };
      },
    };
    const found: Record<string, Listener> = {};
    runInNewContext(code, {
      ...{ URL, caches, fetch: async () => ({ ok: true, headers: new Headers({ 'x-build': served.build }) }) },
      self: {
        addEventListener: (name: string, listener: Listener) => (found[name] = listener),
        location: { origin: 'https://war.example.com' },
      },
    });
    const keep = async (build: string, servedBuild = build): Promise<unknown> => {
      served.build = servedBuild;
      const answered = vi.fn();
      const work: Promise<unknown>[] = [];
      const files = [`/assets/wall-${build}.js`, 'https://elsewhere.example/assets/x.js', '/api/screens'];
      found['message']?.({
        ...{ data: { keep: files, build }, ports: [{ postMessage: answered }] },
        waitUntil: (one: Promise<unknown>) => work.push(one),
      });
      await Promise.all(work);
      return answered.mock.calls[0]?.[0];
    };
    expect(await keep('one', 'two')).toEqual({ kept: false });
    expect(shells.size).toBe(0);
    for (const build of ['one', 'two', 'three']) expect(await keep(build)).toEqual({ kept: true });
    expect([...shells.keys()]).toEqual(['warroom-shell two', 'warroom-shell three']);
    expect([...(shells.get('warroom-shell three')?.keys() ?? [])]).toEqual(['/assets/wall-three.js', '/icon.svg', '/']);
  });
});
