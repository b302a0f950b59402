import { describe, expect, it } from 'vitest';
import { accessCases, publicUrl, rawHeadersOf } from '../../domain/access-cases.ts';
import { orders, problemOf, raw, seed, startRig, wire } from './rig.ts';

const command = JSON.stringify({ commandId: 'c', expectedVersion: 1, actor: 'a', type: 'claim' });
const json = { 'content-type': 'application/json' };
const path = '/api/incidents/i-1/commands';

describe('the guard of the edge', () => {
  it.each(accessCases)('$name', async (one) => {
    const rig = await startRig({ publicUrl });
    const headers = rawHeadersOf(one, rig.port);
    for (const at of ['/healthz', '/metrics', '/openapi.json', '/assets/app-1a2b3c.js']) {
      const read = await raw(rig, 'GET', at, headers);
      expect(read.status === 200 ? null : problemOf(read).code).toBe(one.read);
    }
    for (const [method, at] of [
      ['POST', path],
      ['PUT', '/api/targets'],
      ['POST', '/api/events'],
      ['POST', '/api/workspace/start-real'],
    ] as const) {
      const change = problemOf(await raw(rig, method, at, headers, command));
      // Whoever may change something hears that the body lacks its content type, or what the route makes of it.
      if (one.changeAndSubscribe === null) expect(change.code).not.toMatch(/^(foreign_|bad_header)/);
      else expect(change.code).toBe(one.changeAndSubscribe);
    }
  });

  it('answers to PUBLIC_URL, and to pages from there, with HSTS', async () => {
    const rig = await startRig({ publicUrl: 'https://warroom.example.com' });
    const headers = { ...json, host: 'warroom.example.com', origin: 'https://warroom.example.com', 'sec-fetch-site': 'same-origin' };
    const { incident } = await seed(rig);
    const answer = await raw(rig, 'POST', `/api/incidents/${incident}/commands`, headers, command);
    expect(answer.status).toBe(200);
    expect(answer.headers['strict-transport-security']).toContain('max-age=');
    expect((await raw(rig, 'GET', '/healthz', { host: 'warroom.example.com:8443' })).status).toBe(403);
  });

  it('puts the same headers on every answer', async () => {
    const rig = await startRig();
    for (const [method, at] of [
      ['GET', '/'],
      ['GET', '/assets/app-1a2b3c.js'],
      ['GET', '/healthz'],
      ['GET', '/api/nothing'],
      ['DELETE', '/api/events'],
      ['GET', '/docs'],
    ] as const) {
      const { headers } = await raw(rig, method, at, { accept: 'text/html' });
      // The page may carry style sheets of its own making, each answer with a nonce of its own; nothing else gets one.
      const page = at === '/' ? /^; style-src 'self' 'nonce-[\w+/=]{24}'$/u : /^$/u;
      const policy = String(headers['content-security-policy']);
      const common = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
      expect(policy.slice(0, common.length)).toBe(common);
      expect(policy.slice(common.length), at).toMatch(page);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-build': '1.2.3' });
      expect(headers['x-request-id']).toBeTruthy();
      expect(headers).not.toHaveProperty('x-powered-by');
      if (at.startsWith('/api')) expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('405 names the methods, whatever an override header says', async () => {
    const rig = await startRig();
    const answer = await raw(rig, 'DELETE', '/api/targets', { 'x-http-method-override': 'PUT' });
    expect(problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(answer.headers['allow']).toBe('GET, HEAD, PUT');
    expect(problemOf(await raw(rig, 'GET', '/api/events')).status).toBe(405);
    expect(problemOf(await raw(rig, 'OPTIONS', '/api/events')).status).toBe(405);
    expect(problemOf(await raw(rig, 'POST', '/api/incidents/history-pending')).status).toBe(405);
  });

  it.each(['/api/incidents/%E4%BD', '/api/incidents/%', '/api/policies/%zz', '/api/events%00'])(
    'a path that cannot be read is 4xx and no bug: %s',
    async (at) => {
      const rig = await startRig();
      expect(problemOf(await raw(rig, 'GET', at)).status).toBeLessThan(500);
      expect(rig.bugs).toEqual([]);
    },
  );

  it.each([
    ['two lengths', 'POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n[]', 400],
    [
      'length and chunks',
      'POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a negative length', 'POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n', 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n', 400],
    [
      'two content types',
      'POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-type: application/cloudevents+json\r\ncontent-length: 2\r\n\r\n{}',
      415,
    ],
    ['an absolute target elsewhere', 'GET http://evil.example/healthz HTTP/1.1\r\nhost: evil.example\r\n\r\n', 403],
  ])('stays up and says no to %s', async (_name, bytes, status) => {
    const rig = await startRig();
    expect(await wire(rig, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect((await raw(rig, 'GET', '/healthz')).status).toBe(200);
    expect(rig.bugs).toEqual([]);
  });

  it('cuts off a head of 64 KB', async () => {
    const rig = await startRig();
    const answer = await wire(rig, `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(65_536)}\r\n\r\n`);
    expect(answer === '' || answer.startsWith('HTTP/1.1 431 ')).toBe(true);
    expect((await raw(rig, 'GET', '/healthz')).status).toBe(200);
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const rig = await startRig();
    await wire(
      rig,
      'POST /api/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/cloudevents+json\r\ncontent-length: 500\r\n\r\n{"id"',
    );
    expect((await raw(rig, 'GET', '/healthz')).status).toBe(200);
    expect(rig.bugs).toEqual([]);
    expect(await orders(rig)).toBe(0);
    expect((await raw(rig, 'GET', '/metrics')).body).not.toContain('route="/api/events",status="200"');
  });

  it('takes a query of 2,000 parameters without choking', async () => {
    const rig = await startRig();
    const query = Array.from({ length: 2_000 }, (_, i) => `p${i}=1`).join('&');
    expect(problemOf(await raw(rig, 'GET', `/api/kpis?${query}`))).toMatchObject({ status: 400, code: 'unknown_parameter' });
  });

  it('refuses a parameter it does not know on every route, and no page a link leads to', async () => {
    const rig = await startRig();
    const taken = [];
    for (const { method, path: pattern, params } of rig.http.routes) {
      const at = pattern.replaceAll(/:(\w+)/gu, (_, name: string) => encodeURIComponent(params?.[name]?.example ?? 'x'));
      const { status, body } = await raw(rig, method, `${at}?foo=1`, json, method === 'GET' ? '' : '{}');
      if (status !== 400 || !body.includes('"code":"unknown_parameter"') || !body.includes('"path":"foo"'))
        taken.push(`${method} ${pattern}`);
    }
    expect(taken).toEqual(['GET /ack/:token', 'POST /ack/:token', 'GET /docs']);
    expect(rig.bugs).toEqual([]);
  });
});
