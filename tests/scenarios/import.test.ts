/** `warroom import` against the real server: sums, a second time, and files with trouble in them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCloudEvent } from '../../server/domain/demo/cloud-event.ts';
import { demoHistory } from '../../server/domain/demo/day.ts';
import { demoWorld } from '../../server/domain/demo/world.ts';
import { createCalendar } from '../../server/domain/time/calendar.ts';
import type { WarroomEvent } from '../../shared/events/registry.ts';
import { warroom } from '../helpers/program.ts';
import { warRoom, type WarRoom } from '../helpers/war-room.ts';

let server: WarRoom;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-import-'));
  server = await warRoom();
  await server.start();
});
afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}
const run = (...files: string[]) => warroom(['import', '--url', server.url, ...files]);
const order = (id: string, amount: number, time = '2026-11-20T10:00:00+08:00') =>
  JSON.stringify({
    specversion: '1.0',
    id: `e-${id}`,
    source: '/test/import',
    type: 'sales.order.paid',
    time,
    data: {
      orderId: id,
      version: 1,
      buyerId: 'B-1',
      channel: '天猫',
      region: '华东',
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
    },
  });
async function netSales(grain: string, period: string): Promise<number> {
  const answer = await server.get<{ values: { value: number }[] }>(`/api/kpis?grain=${grain}&period=${period}&kpi=net_sales`);
  return answer.values[0]?.value ?? 0;
}

describe('importing', () => {
  it('adds up a quarter exactly, says what folding made of it, and the second time says that nothing changed', async () => {
    const calendar = createCalendar('Asia/Shanghai');
    const world = demoWorld(3, Date.parse('2026-08-20T12:00:00+08:00'), calendar);
    const events = [...demoHistory(world, calendar.parseDay('2026-08-16') as number)].map((e) => e.event);
    const name = file('quarter.ndjson', `${events.map(toCloudEvent).join('\n')}\n`);

    const first = await run(name);
    expect(first.code).toBe(0);
    expect(first.output).toContain(`${events.length.toLocaleString('en-US')} accepted, 0 duplicate, 0 quarantined, 0 rejected`);
    expect(first.output).toContain(`Folded: ${events.length.toLocaleString('en-US')} new`);

    expect(await netSales('quarter', '2026-Q3')).toBe(netOf(events));

    const second = await run(name);
    expect(second.code).toBe(0);
    expect(second.output).toContain(`0 accepted, ${events.length.toLocaleString('en-US')} duplicate`);
    expect(second.output).toContain('Nothing changed: all of it was known.');
  });

  it('takes a JSON array, line breaks inside its elements and all', async () => {
    const pretty = JSON.stringify([JSON.parse(order('A-1', 100)), JSON.parse(order('A-2', 200))], null, 2);
    const { code, output } = await run(file('array.json', pretty));
    expect(output).toContain('2 accepted');
    expect(code).toBe(0);
  });

  it('keeps the good beside the bad, names the lines, and fails only for what was not kept', async () => {
    const lines = [
      order('B-1', 1_000, '2026-11-21T10:00:00+08:00'),
      'this is not json',
      '',
      order('B-2', 10, '2026-11-21T10:00:00+08:00').replace('"quantity":1', '"quantity":-1'),
      order('B-3', 2_000, '2026-11-21T11:00:00+08:00'),
      JSON.stringify({ big: 'x'.repeat(5_000_000) }),
      order('B-4', 4_000, '2026-11-21T12:00:00+08:00'),
    ];
    const { code, output } = await run(file('mixed.ndjson', lines.join('\n')));
    expect(output).toContain('6 events: 3 accepted, 0 duplicate, 1 quarantined, 2 rejected');
    expect(output).toMatch(/mixed\.ndjson, line 2: rejected not_json/);
    expect(output).toMatch(/mixed\.ndjson, line 4: quarantined invalid_data at data\.lines\[0\]\.quantity/);
    expect(output).toMatch(/mixed\.ndjson, line 6: rejected too_large/);
    expect(output).toContain('Folded: 3 new, 0 known. All the rest is counted.');
    expect(code).toBe(1);
    expect(await netSales('day', '2026-11-21')).toBe(7_000);
  });

  it('tells of quarantined events loudly and exits with 0: they are kept', async () => {
    const { code, output } = await run(file('future.ndjson', order('C-1', 1, '2099-01-01T00:00:00+08:00')));
    expect(output).toContain('1 quarantined');
    expect(output).toContain('GET /api/quarantine');
    expect(code).toBe(0);
  });

  it('says in one line what is wrong with a file, before anything is sent', async () => {
    const good = file('good.ndjson', order('D-1', 1));
    const cases: readonly (readonly [string, RegExp])[] = [
      [path.join(folder, 'nowhere.ndjson'), /nowhere\.ndjson does not exist/],
      [folder, /is a folder; name the files in it/],
      [file('orders.csv', '{"looks":"like json"}'), /orders\.csv is a CSV table; taken are CloudEvents as NDJSON/],
      [file('orders.txt', 'orderId;amount\nSO-1;100\n'), /orders\.txt holds no JSON in its first lines; taken are/],
      [file('orders.ndjson.gz', Uint8Array.from([0x1f, 0x8b, 8, 0])), /is compressed; taken are/],
      [file('orders.dat', Uint8Array.from([0x50, 0x4b, 3, 4, 0])), /is a ZIP archive or an Excel workbook/],
      [file('half.json', `[${order('D-2', 1)},`), /half\.json: the file is no whole JSON array/],
    ];
    for (const [name, line] of cases) {
      const { code, output } = await run(name);
      expect(code, name).toBe(1);
      expect(output).toMatch(line);
      expect(output).toMatch(/\nNothing was sent\.\n$/);
      expect(output.trim().split('\n')).toHaveLength(2);
    }
    const mixed = await run(good, path.join(folder, 'orders.csv'));
    expect(mixed.output).toContain('Nothing was sent.');
    expect(await run(good)).toMatchObject({ code: 0, output: expect.stringContaining('1 accepted') as string });
  });

  it('says of an empty file that it holds no events, and goes on with the next', async () => {
    const { code, output } = await run(file('empty.ndjson', ''), file('blank.json', '[]'), file('last.ndjson', order('E-1', 1)));
    expect(output).toMatch(/empty\.ndjson holds no events\.[^]*blank\.json holds no events\.[^]*1 events: 1 accepted/);
    expect(code).toBe(0);
    expect((await run(file('empty.ndjson', '\n \n'))).output).toContain('There was no event to send.');
  });

  it('does not call known what was rejected', async () => {
    const { code, output } = await run(file('broken.ndjson', '{"specversion":"1.0"}\n{"id":1}\n{'));
    expect(output).toContain('0 accepted, 0 duplicate');
    expect(output).not.toContain('known');
    expect(output).toMatch(/Nothing (was stored: every event was rejected|is counted of it)\./);
    expect(code).toBe(/ 0 rejected/.test(output) ? 0 : 1);
  });

  it('says plainly that no server answers', async () => {
    const nobody = await warroom(['import', '--url', 'http://127.0.0.1:1', file('one.ndjson', order('D-1', 1))]);
    expect(nobody.code).toBe(1);
    expect(nobody.output).toContain('npm start');
  });
});

/** Σ paid − Σ refunds, straight from the events. */
function netOf(events: readonly WarroomEvent[]): number {
  const cancelled = new Set(events.flatMap((e) => (e.type === 'sales.order.cancelled' ? [e.data.orderId] : [])));
  return events.reduce((sum, e) => {
    if ((e.type === 'sales.order.paid' || e.type === 'sales.order.refunded') && cancelled.has(e.data.orderId)) return sum;
    if (e.type === 'sales.order.paid') return sum + e.data.lines.reduce((s, l) => s + l.amount, 0);
    return e.type === 'sales.order.refunded' ? sum - e.data.amount : sum;
  }, 0);
}
