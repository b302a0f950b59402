import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ledgerFaults } from '../../../../server/pipeline/ports/ledger.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { KpiQuery } from '../../../../server/pipeline/services/services.ts';
import { orderPaid } from '../../../../shared/events/order-paid.ts';
import { eventually } from '../../../helpers/war-room.ts';
import { folded, NOON, order, postEvents, problemOf, raw, type RawAnswer, type Rig, seed, startRig } from './rig.ts';

const json = { 'content-type': 'application/json' };
const get = (rig: Rig, path: string) => raw(rig, 'GET', path);
const send = (rig: Rig, method: 'POST' | 'PUT', path: string, body: unknown) => raw(rig, method, path, json, JSON.stringify(body));
function body(answer: RawAnswer, status = 200): Record<string, unknown> {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

describe('GET /api/kpis', () => {
  /** The rig with the questions its KPI service was asked, which it answers as ever. */
  async function questioned() {
    const rig = await startRig();
    const questions: KpiQuery[] = [];
    const { kpis } = rig.services;
    rig.replace({
      kpis: {
        query(query) {
          questions.push(query);
          return kpis.query(query);
        },
      },
    });
    return { rig, questions };
  }

  it('hands the whole question on', async () => {
    const { rig, questions } = await questioned();
    const query = new URLSearchParams([
      ['grain', 'month'],
      ['period', '2026-11'],
      ['kpi', 'net_sales,order_value'],
      ['by', 'channel'],
      ['where', 'region:华东:外'],
      ['where', 'campaign:'],
      ['asOf', '2026-11-23T10:00:00+08:00'],
      ['knownAt', '2026-11-23T03:00:00Z'],
    ]);
    body(await get(rig, `/api/kpis?${query}`));
    expect(questions).toEqual([
      {
        grain: 'month',
        period: '2026-11',
        kpis: ['net_sales', 'order_value'],
        by: 'channel',
        where: [
          { dim: 'region', value: '华东:外' },
          { dim: 'campaign', value: null },
        ],
        asOf: Date.UTC(2026, 10, 23, 2),
        knownAt: Date.UTC(2026, 10, 23, 3),
      },
    ]);
  });

  it('needs only grain and period', async () => {
    const { rig, questions } = await questioned();
    body(await get(rig, '/api/kpis?grain=day&period=2026-11-23'));
    expect(questions[0]).toEqual({
      grain: 'day',
      period: '2026-11-23',
      kpis: [],
      by: null,
      where: [],
      asOf: null,
      knownAt: null,
    });
  });

  it('answers with what was folded', async () => {
    const rig = await startRig();
    await postEvents(rig, JSON.stringify(order('a')));
    await folded(rig);
    const { values } = body(await get(rig, '/api/kpis?grain=day&period=2026-11-23&kpi=net_sales')) as { values: { value: number }[] };
    const sold = orderPaid.example.lines.reduce((sum, line) => sum + line.amount, 0);
    expect(values.map(({ value }) => value)).toEqual([sold]);
  });

  it('reads a plus sign nobody escaped as the offset it is', async () => {
    const { rig, questions } = await questioned();
    body(await get(rig, '/api/kpis?grain=day&period=2026-11-23&asOf=2026-11-23T10:00:00+08:00'));
    expect(questions[0]?.asOf).toBe(Date.UTC(2026, 10, 23, 2));
  });

  it.each([
    ['no grain', 'period=2026-11', 'grain'],
    ['another grain', 'grain=decade&period=2026', 'grain'],
    ['no period', 'grain=day', 'period'],
    ['a parameter there is not', 'grain=day&period=2026-11-23&group=channel', 'group'],
    ['a repeated parameter', 'grain=day&grain=week&period=2026-11-23', 'grain'],
    ['where without a colon', 'grain=day&period=2026-11-23&where=region', 'where'],
    ['where without a dimension', 'grain=day&period=2026-11-23&where=:x', 'where'],
    ['an instant without offset', 'grain=day&period=2026-11-23&asOf=2026-11-23T10:00:00', 'asOf'],
    ['a day that does not exist', 'grain=day&period=2026-11-23&knownAt=2026-02-30T00:00:00Z', 'knownAt'],
    ['brackets', 'grain=day&period=2026-11-23&a[b][c]=1', 'a[b][c]'],
    ['a prototype', 'grain=day&period=2026-11-23&__proto__=1', '__proto__'],
    ['an inherited name', 'grain=day&period=2026-11-23&toString=1', 'toString'],
    ['an unknown KPI', 'grain=day&period=2026-11-23&kpi=no_such', 'kpi'],
  ])('400 names what is at fault: %s', async (_name, query, path) => {
    const rig = await startRig();
    expect(problemOf(await get(rig, `/api/kpis?${query}`))).toMatchObject({ status: 400, path });
  });
});

describe('targets and policies', () => {
  const target = { kpi: 'net_sales', grain: 'month', period: '2026-11', value: 5, owner: '林悦', reason: 'x' };

  it('puts targets, lists them, and only talks about them in a dry run', async () => {
    const rig = await startRig();
    const dry = body(await send(rig, 'PUT', '/api/targets?dryRun=true', { targets: [target] }));
    expect(dry).toMatchObject({ dryRun: true, changes: [{ target, change: 'added', previousValue: null }] });
    expect(body(await get(rig, '/api/targets'))).toMatchObject({ targets: [], defaults: [{ kpi: 'growth.organic_visits' }, {}, {}] });
    body(await send(rig, 'PUT', '/api/targets', { targets: [target] }));
    expect(body(await get(rig, '/api/targets'))).toMatchObject({ targets: [target] });
    expect(problemOf(await send(rig, 'PUT', '/api/targets?dryRun=yes', { targets: [] }))).toMatchObject({ status: 400, path: 'dryRun' });
  });

  it('422 names the field', async () => {
    const rig = await startRig();
    const answer = await send(rig, 'PUT', '/api/targets', { targets: [target, { ...target, value: '5' }] });
    expect(problemOf(answer)).toMatchObject({ status: 422, code: 'invalid_body', path: 'targets[1].value' });
  });

  it('keeps policies by name', async () => {
    const rig = await startRig();
    expect(body(await get(rig, '/api/policies/sla'))).toMatchObject({ name: 'sla', version: 0 });
    const value = { own: ['山澜'], tracked: [] };
    expect(body(await send(rig, 'PUT', '/api/policies/brands', { value, owner: '林悦', reason: 'x' }))).toMatchObject({
      version: 1,
      value,
    });
    expect(problemOf(await get(rig, '/api/policies/toString')).status).toBe(404);
    expect(problemOf(await send(rig, 'PUT', '/api/policies/sla', { value: {}, owner: 'a', reason: 'b' }))).toMatchObject({
      status: 400,
      code: 'invalid_policy',
      path: 'value.responseMs',
    });
  });
});

describe('incidents', () => {
  const claim = { commandId: 'c1', expectedVersion: 1, actor: '林悦', type: 'claim' };

  it('lists, shows one, and knows which do not exist', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    expect((body(await get(rig, '/api/incidents'))['incidents'] as unknown[]).length).toBe(1);
    expect(body(await get(rig, '/api/incidents?state=closed&limit=5'))).toEqual({ incidents: [], total: 0, next: null });
    expect(body(await get(rig, `/api/incidents/${incident}`))).toMatchObject({ code: 'A1', audit: [{ action: 'opened' }] });
    expect(problemOf(await get(rig, '/api/incidents/i-9')).status).toBe(404);
    for (const limit of ['0', '201', '-1', '1e2', ' 5', ''])
      expect(problemOf(await get(rig, `/api/incidents?limit=${encodeURIComponent(limit)}`))).toMatchObject({ status: 400, path: 'limit' });
  });

  it('[C2] same command, same answer; an old version gets the present state', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const first = body(await send(rig, 'POST', `/api/incidents/${incident}/commands`, claim));
    expect(first).toMatchObject({ status: 'claimed', owner: '林悦', version: 2 });
    expect(body(await send(rig, 'POST', `/api/incidents/${incident}/commands`, claim))).toEqual(first);
    const late = problemOf(await send(rig, 'POST', `/api/incidents/${incident}/commands`, { ...claim, commandId: 'c2', actor: '周' }));
    expect(late).toMatchObject({ status: 409, present: { owner: '林悦', version: 2 } });
  });

  it('[T6] an answer counts by the time its head arrived, however slow its body', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const text = JSON.stringify(claim);
    const socket = (await import('node:net')).connect(rig.port, '127.0.0.1');
    const head = `POST /api/incidents/${incident}/commands HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n`;
    const arrived = once(rig.http.server, 'request');
    socket.write(head);
    await arrived;
    rig.now = NOON + 60_000;
    const answer = new Promise<string>((resolve) => {
      let all = '';
      socket.on('data', (chunk) => (all += chunk.toString('utf8')));
      socket.on('close', () => resolve(all));
    });
    socket.write(text);
    expect(await answer).toContain('200 OK');
    const { audit } = body(await get(rig, `/api/incidents/${incident}`)) as { audit: { action: string; at: number }[] };
    expect(audit.find(({ action }) => action === 'claimed')?.at).toBe(NOON);
  });

  it('lists pending history and opens from it', async () => {
    const rig = await startRig();
    const { incident, history } = await seed(rig);
    expect(body(await get(rig, '/api/incidents/history-pending'))).toMatchObject({ total: 1, rows: [{ key: history }] });
    const command = { commandId: 'h1', actor: '林悦', mentionKey: history };
    const opened = body(await send(rig, 'POST', '/api/incidents/history-pending/commands', command));
    expect(opened['id']).not.toBe(incident);
    expect(body(await get(rig, '/api/incidents/history-pending'))).toMatchObject({ total: 0, rows: [] });
    expect(
      problemOf(await send(rig, 'POST', '/api/incidents/history-pending/commands', { ...command, commandId: 'h2', mentionKey: 'x' }))
        .status,
    ).toBe(404);
  });

  it.each([
    ['a command that is none', { ...claim, type: 'delete' }, 'type'],
    ['no version', { ...claim, expectedVersion: undefined }, 'expectedVersion'],
    ['a blank actor', { ...claim, actor: '  ' }, 'actor'],
    ['an answer without text', { ...claim, type: 'respond' }, 'text'],
  ])('422 for %s', async (_name, command, path) => {
    const rig = await startRig();
    expect(problemOf(await send(rig, 'POST', '/api/incidents/i-1/commands', command))).toMatchObject({ status: 422, path });
  });
});

describe('bodies of commands', () => {
  const post = (rig: Rig, text: string | Uint8Array, headers: Record<string, string> = json) =>
    raw(rig, 'POST', '/api/incidents/i-1/commands', headers, text);

  it.each([
    ['nothing', '', 'empty_body'],
    ['no JSON', '{"a":', 'not_json'],
    ['two values', '{}{}', 'not_json'],
    ['a key twice', '{"type":"claim","type":"resolve"}', 'duplicate_key'],
    ['an infinite number', '{"expectedVersion":1e400}', 'not_finite'],
    ['half a character', '{"actor":"\\ud800"}', 'bad_text'],
    ['a prototype key', '{"__proto__":{}}', 'forbidden_key'],
    ['depth 33', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
    ['depth 100,000', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too_deep'],
  ])('400 for %s', async (_name, text, code) => {
    const rig = await startRig();
    expect(problemOf(await post(rig, text))).toMatchObject({ status: 400, code });
  });

  it('400 for invalid UTF-8', async () => {
    const rig = await startRig();
    expect(problemOf(await post(rig, new Uint8Array([0x22, 0xff, 0x22])))).toMatchObject({ status: 400, code: 'bad_utf8' });
  });

  it.each([{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/json; charset=gbk' }])('415 for %j', async (headers) => {
    const rig = await startRig();
    expect(problemOf(await post(rig, '{}', headers as Record<string, string>)).status).toBe(415);
  });

  it('413 over 1 MB', async () => {
    const rig = await startRig();
    expect(problemOf(await post(rig, `"${'x'.repeat(1_048_576)}"`)).status).toBe(413);
  });
});

describe('screens and operations', () => {
  it('gives a snapshot of a view that exists', async () => {
    const rig = await startRig();
    expect(body(await get(rig, '/api/screens/views'))).toMatchObject({
      scenes: expect.arrayContaining([
        {
          id: 'overview',
          path: '/wall/overview',
          view: 'overview',
          groups: expect.arrayContaining(['today', 'strip']),
          panels: expect.arrayContaining(['hours', 'competitors']),
        },
      ]),
    });
    expect(body(await get(rig, '/api/views/incidents'))).toMatchObject({ view: 'incidents', revision: 1 });
    expect(problemOf(await get(rig, '/api/views/constructor')).status).toBe(404);
    expect(problemOf(await raw(rig, 'POST', '/api/workspace/start-real'))).toMatchObject({ status: 409, code: 'already_real' });
  });

  it('is alive, and ready or says why not', async () => {
    const rig = await startRig();
    expect(body(await get(rig, '/healthz'))).toEqual({ status: 'ok', build: '1.2.3' });
    expect(body(await get(rig, '/readyz'))).toMatchObject({ ready: true, lag: 0 });
    const away = new Unavailable('store_unavailable', 'the store does not answer');
    rig.store.reads.streams = () => Promise.reject(away);
    expect(body(await get(rig, '/readyz'), 503)).toMatchObject({ ready: false, reasons: [{ code: 'store_unavailable' }] });
    expect((await raw(rig, 'HEAD', '/healthz')).status).toBe(200);
  });

  it('ends open answers with the server, and frees the port', async () => {
    const rig = await startRig();
    await expect(rig.http.start(rig.port)).rejects.toThrow();
    const other = await startRig();
    await expect(other.http.stop(100)).resolves.toBeUndefined();
    await expect(other.http.stop(100)).resolves.toBeUndefined();
    await expect(raw(other, 'GET', '/healthz')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('says plainly that a port is taken', async () => {
    const rig = await startRig();
    const other = await startRig();
    await other.http.stop(100);
    await expect(other.http.start(rig.port)).rejects.toThrow(`port ${rig.port} on 127.0.0.1 is taken`);
  });

  it('keeps infrastructure faults of reads apart from bugs', async () => {
    const rig = await startRig();
    rig.store.reads.policyHistory = () => Promise.reject(new Unavailable('store_unavailable', 'the worker ended'));
    const answer = await get(rig, '/api/kpis?grain=day&period=2026-11-23');
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'store_unavailable' });
    for (const code of ledgerFaults) {
      rig.replace({ kpis: { query: () => Promise.reject(new Unavailable(code, `why ${code}`)) } });
      const refused = await get(rig, '/api/kpis?grain=day&period=2026-11-23');
      expect(problemOf(refused)).toMatchObject({ status: 503, code, detail: `why ${code}` });
      expect(refused.headers['retry-after']).toBe('5');
    }
    expect(rig.bugs).toEqual([]);
  });

  it('logs a request once, without what it carried', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const before = rig.log.length;
    await send(rig, 'POST', `/api/incidents/${incident}/commands`, { commandId: 'c', expectedVersion: 1, actor: '秘密', type: 'claim' });
    await get(rig, '/api/kpis?grain=day&period=2026-11-23&where=region:%E7%A7%98%E5%AF%86');
    const lines = () =>
      rig.log.slice(before).flatMap((line) => {
        const parsed = JSON.parse(line) as Record<string, unknown>;
        return parsed['message'] === 'request' ? [parsed] : [];
      });
    await eventually('both requests are logged', async () => (lines().length >= 2 ? true : undefined), 10_000);
    expect(lines().map((l) => [l['method'], l['route'], l['status']])).toEqual([
      ['POST', '/api/incidents/:id/commands', 200],
      ['GET', '/api/kpis', 200],
    ]);
    expect(rig.log.join('')).not.toMatch(/秘密|%E7/);
  });
});

describe('the client', () => {
  it('serves pages by navigation, anew each time, and hashed files for ever', async () => {
    const rig = await startRig();
    const html = { accept: 'text/html,*/*' };
    for (const path of ['/', '/incidents', '/wall/overview']) {
      const page = await raw(rig, 'GET', path, html);
      expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(page.body).toContain('<title>wall</title>');
    }
    // The printed address answers whoever asks, a plain curl too.
    expect((await raw(rig, 'GET', '/', { accept: '*/*' })).status).toBe(200);
    const asset = await get(rig, '/assets/app-1a2b3c.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get(rig, '/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/api/nothing',
    '/API/events',
    '//api/events',
    '/api/%2e%2e/events',
    '/api',
    '/socket.io/x',
    '/assets/app-000000.js',
    '/missing.png',
    '/assets/gone',
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2fpackage.json',
  ])('404 instead of a page at %s', async (path) => {
    const rig = await startRig();
    const answer = await raw(rig, 'GET', path, { accept: 'text/html' });
    expect([400, 403, 404]).toContain(problemOf(answer).status);
  });

  it('is only what a browser navigates to', async () => {
    const rig = await startRig();
    expect(problemOf(await raw(rig, 'GET', '/incidents', { accept: 'application/json' })).status).toBe(404);
    expect(problemOf(await raw(rig, 'POST', '/incidents', { accept: 'text/html' })).status).toBe(404);
  });

  it('says how to build what is not there', async () => {
    const rig = await startRig();
    rig.removeClient();
    const page = problemOf(await raw(rig, 'GET', '/', { accept: 'text/html' }));
    expect(page).toMatchObject({ status: 503, code: 'client_not_built' });
    expect(page.detail).toContain('npm start');
  });
});
