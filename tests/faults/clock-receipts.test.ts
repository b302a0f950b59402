/** What the real server received while the clock of its machine was wrong: history answers by the time it was [T8]. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warroom } from '../helpers/program.ts';
import { shiftedRoom, type ShiftedRoom } from '../helpers/shifted-room.ts';
import { eventually, type WarRoom } from '../helpers/war-room.ts';

const DAY = 86_400_000;

let room: WarRoom;
let shift: ShiftedRoom['shift'];
let dispose: ShiftedRoom['dispose'];
beforeEach(async () => {
  ({ room, shift, dispose } = await shiftedRoom());
});
afterEach(() => dispose());

/** Of yesterday by people's watches, so that its day is one and the same through the test and open. */
const paidAt = Date.now() - DAY;
const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(paidAt);

async function order(id: string, amount: number): Promise<number> {
  const line = { sku: 'E9', category: '咖啡机', core: true, quantity: 1, amount };
  const event = {
    ...{ specversion: '1.0', id, source: '/test/shop', type: 'sales.order.paid', time: new Date(paidAt).toISOString() },
    data: { orderId: id, version: 1, buyerId: `b-${id}`, channel: '天猫', region: '华东', lines: [line] },
  };
  const { body } = await room.send<{ results: { outcome: string }[] }>('POST', '/api/events', event, 'application/cloudevents+json');
  expect(body.results[0]?.outcome).toBe('accepted');
  await folded();
  return Date.now();
}
/** A server whose clock is behind says 503, and its lag. */
async function lag(): Promise<number | null> {
  const answer = await fetch(`${room.url}/readyz`);
  return ((await answer.json()) as { lag: number | null }).lag;
}
const folded = () => eventually('the fold', async () => ((await lag()) === 0 ? true : undefined), 120_000);
async function sales(knownAt?: number): Promise<number | null> {
  const known = knownAt === undefined ? '' : `&knownAt=${new Date(knownAt).toISOString()}`;
  const { values } = await room.get<{ values: { value: number | null }[] }>(
    `/api/kpis?kpi=net_sales&grain=day&period=${day}&asOf=${new Date().toISOString()}${known}`,
  );
  return values[0]?.value ?? null;
}
const stepSeen = (count: number) =>
  eventually(
    `${count} steps`,
    async () => ((room.output().match(/the clock of this machine stepped/g)?.length ?? 0) >= count ? true : undefined),
    120_000,
  );
/** Waits for the clock to tell another time than those before. */
const later = () => new Promise((resolve) => setTimeout(resolve, 20));

describe.each([
  ['ahead', 3 * DAY],
  ['behind', -3 * DAY],
])('[T8] [IC28] three days %s, then set right', (_name, wrong) => {
  it('what was known at a moment is told by the time it was, through a crash, and the ledger equals the facts', async () => {
    await room.start();
    const first = await order('o1', 100);
    shift(wrong);
    await stepSeen(1);
    const second = await order('o2', 20);
    await later();
    const third = await order('o3', 3);
    await room.kill('SIGKILL');
    shift(0);
    await room.start();
    await stepSeen(2);
    await later();
    await order('o4', 5_000);

    const history = () =>
      eventually(
        'what was known',
        async () => {
          const told = [await sales(first + 1), await sales(second + 1), await sales(third + 1), await sales()];
          return told.every((value) => value !== null) ? told : undefined;
        },
        60_000,
      );
    expect(await history()).toEqual([100, 120, 123, 5_123]);
    await room.kill('SIGKILL');
    await room.start();
    expect(await history()).toEqual([100, 120, 123, 5_123]);
    const explained = await room.get<{ rows: { entity: { id: string }; receivedAt: string }[] }>(
      `/api/kpis/explain?kpi=net_sales&grain=day&period=${day}&limit=10`,
    );
    for (const { entity, receivedAt } of explained.rows) {
      expect(Math.abs(Date.parse(receivedAt) - Date.now()), entity.id).toBeLessThan(5 * 60_000);
    }
    await room.kill('SIGTERM');
    const verified = await warroom(['verify'], { DATA_DIR: room.dataDir, DEMO: 'off' });
    expect(verified.output).toContain('Every row of the ledger equals the recount from facts.');
  });
});
