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
});
