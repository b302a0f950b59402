/**
 * The list of bad input, sent to the real server over HTTP, each beside a good
 * order: it gets a clear answer, stays where it belongs, and the good one counts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemResult } from '../../shared/events/outcomes.ts';
import type { KpiAnswer } from '../../shared/kpi/types.ts';
import type { QuarantineRow } from '../../server/pipeline/ports/reads.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const BATCH = 'application/cloudevents-batch+json';
const DAY = '2026-11-01';
const AMOUNT = 100;

let room: WarRoom;
let good = 0;
beforeAll(async () => {
  room = await warRoom();
  await room.start();
});
afterAll(() => room.dispose());

interface Line {
  readonly sku: string;
  readonly category: string;
  readonly core: boolean;
  readonly quantity: number;
  readonly amount: number;
}
const line: Line = { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: AMOUNT };
function event(type: string, id: string, data: Record<string, unknown>, change: Record<string, unknown> = {}): string {
  return JSON.stringify({ specversion: '1.0', id, source: '/shop', type, time: `${DAY}T12:00:00+08:00`, data, ...change });
}
const order = (id: string, data: Record<string, unknown> = {}, change: Record<string, unknown> = {}) =>
  event('sales.order.paid', id, { orderId: id, version: 1, buyerId: 'b', channel: '天猫', region: '华东', lines: [line], ...data }, change);
const nextGood = () => order(`good-${++good}`);

async function post(items: readonly string[]): Promise<readonly ItemResult[]> {
  const answer = await room.send<{ results: readonly ItemResult[] }>('POST', '/api/events', `[${items.join(',')}]`, BATCH);
  expect(answer.status).toBe(202);
  return answer.body.results;
}
async function netSales(): Promise<number | null> {
  const answer = await room.get<KpiAnswer>(`/api/kpis?grain=day&period=${DAY}&kpi=net_sales`);
  return answer.values[0]?.value ?? null;
}
const quarantined = () => room.get<{ total: number; rows: readonly QuarantineRow[] }>('/api/quarantine?limit=500');

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const ahead = () => new Date(Date.now() + 3_600_000).toISOString();

type Case = readonly [name: string, bad: () => string, outcome: ItemResult['outcome'], code: string, path?: string];
const cases: readonly Case[] = [
  ['not JSON', () => '{"id":"x",}', 'rejected', 'not_json'],
  ['a word', () => 'nope', 'rejected', 'not_json'],
  ['wrong type of a field', () => order('w1', { version: '1' }), 'quarantined', 'invalid_data', 'data.version'],
  ['missing field', () => order('w2', { buyerId: undefined }), 'quarantined', 'invalid_data', 'data.buyerId'],
  ['unknown type', () => event('sales.order.lost', 'w3', {}), 'quarantined', 'unknown_type', 'type'],
  ['nested 33 levels', () => `{"id":"w4","data":${deep(33)}}`, 'rejected', 'too_deep'],
  ['nested 30,000 levels', () => deep(30_000), 'rejected', 'too_deep'],
  ['nested 100,000 levels', () => deep(100_000), 'rejected', 'too_large'],
  ['over 64 KB', () => order('w5', { pad: 'x'.repeat(65_536) }), 'rejected', 'too_large'],
  ['NUL', () => order('w6', { channel: 'a\u0000b' }), 'rejected', 'bad_text', 'data.channel'],
  ['lone surrogate', () => order('w7', { region: '\ud83d' }), 'rejected', 'bad_text', 'data.region'],
  ['1e400', () => order('w8').replace('"amount":100', '"amount":1e400'), 'rejected', 'not_finite'],
  ['negative quantity', () => order('w9', { lines: [{ ...line, quantity: -1 }] }), 'quarantined', 'invalid_data', 'data.lines[0].quantity'],
  ['no offset in time', () => order('w10', {}, { time: `${DAY}T12:00:00` }), 'quarantined', 'bad_time', 'time'],
  ['30 February', () => order('w11', {}, { time: '2026-02-30T00:00:00Z' }), 'quarantined', 'bad_time', 'time'],
  ['an hour ahead', () => order('w12', {}, { time: ahead() }), 'quarantined', 'future_dated', 'time'],
  ['a repeated key', () => order('w13').replace('"version":1', '"version":1,"version":2'), 'rejected', 'duplicate_key', 'data.version'],
  ['__proto__', () => order('w14').replace('"version":1', '"version":1,"__proto__":{"polluted":true}'), 'rejected', 'forbidden_key'],
];

describe('bad input over HTTP', () => {
  it.each(cases.map((one) => [one[0], one] as const))('[I9] %s gets its answer and harms nothing beside it', async (_name, one) => {
    const [, bad, outcome, code, path] = one;
    const before = (await quarantined()).total;
    const [first, answer, last] = await post([nextGood(), bad(), nextGood()]);
    expect(answer).toMatchObject({ index: 1, outcome, code, ...(path === undefined ? {} : { path }) });
    expect(answer?.message).toBeTruthy();
    expect([first?.outcome, last?.outcome]).toEqual(['accepted', 'accepted']);
    expect((await quarantined()).total - before).toBe(outcome === 'quarantined' ? 1 : 0);
  });

  it('[I4] the same order with other content is a conflict, and the first to come stays', async () => {
    const kept = order('twice');
    good++;
    expect((await post([kept]))[0]?.outcome).toBe('accepted');
    // Event intake asks the store: the first must have been folded, as it is within a moment.
    const answer = await eventually(
      'the order is known',
      async () => {
        const [again] = await post([kept]);
        return again?.outcome === 'duplicate' ? (await post([order('twice', { channel: '京东' })]))[0] : undefined;
      },
      60_000,
    );
    expect(answer).toMatchObject({ outcome: 'quarantined', code: 'id_conflict' });
  });

  it('[I13] a record of 5 MB is refused whole, and the next request is served', async () => {
    const answer = await room.send('POST', '/api/events', `[${JSON.stringify('x'.repeat(5_000_000))}]`, BATCH);
    expect(answer.status).toBe(413);
    expect((await post([nextGood()]))[0]?.outcome).toBe('accepted');
  });

  it('a refund of 200 % counts', async () => {
    const refund = event('sales.order.refunded', 'r1', { refundId: 'r1', orderId: 'good-1', version: 1, amount: 2 * AMOUNT });
    expect((await post([refund]))[0]?.outcome).toBe('accepted');
    await eventually(
      'everything good and the refund are counted',
      async () => ((await netSales()) === good * AMOUNT - 2 * AMOUNT ? true : undefined),
      60_000,
    );
  });

  it('[I9] every quarantined record keeps its bytes, and can be discarded with a reason', async () => {
    const { rows } = await quarantined();
    const row = rows.find((r) => r.code === 'unknown_type');
    const raw = await fetch(`${room.url}/api/quarantine/${row?.id}/raw`);
    expect(await raw.text()).toBe(event('sales.order.lost', 'w3', {}));
    const gone = await room.send('POST', `/api/quarantine/${row?.id}/discard`, { actor: '林悦', reason: '测试' });
    expect(gone.status).toBe(200);
    expect((await room.send('POST', `/api/quarantine/${row?.id}/discard`, { actor: '林悦', reason: '测试' })).status).toBe(409);
  });

  it('has not cost the server a restart, nor put anything personal or long into its log', () => {
    expect(room.running()).toBe(true);
    expect(room.output()).not.toMatch(/"level":"(error|fatal)"/);
    expect(room.output()).not.toContain('咖啡机');
  });
});
