/**
 * [I15] The store's files are taken away from a running server: it ends by itself with a line that says
 * so, and whatever it answered as stored is there after the next start. The store's own file is put back
 * as an operator would, by a copy made beforehand; the log beside it holds the rest.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runNode } from '../helpers/program.ts';
import { order } from '../helpers/sales-events.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const rooms: WarRoom[] = [];
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.dispose()));
});
async function started(): Promise<WarRoom> {
  const room = await warRoom();
  rooms.push(room);
  await room.start();
  return room;
}

/** Sends one order after the other until the server answers no more; the numbers of those it said it has. */
async function sendUntilGone(room: WarRoom, from: number): Promise<number[]> {
  const stored: number[] = [];
  for (let n = from; room.running(); n += 1) {
    try {
      const { status, body } = await room.send<{ results?: { outcome: string }[] }>(
        'POST',
        '/api/events',
        order(n),
        'application/cloudevents+json',
      );
      if (status === 202 && body.results?.[0]?.outcome === 'accepted') stored.push(n);
    } catch {
      // The connection ended with the process.
    }
  }
  return stored;
}

async function resend(room: WarRoom, numbers: readonly number[]): Promise<string[]> {
  const lines = numbers.map((n) => JSON.stringify(order(n))).join('\n');
  const { body } = await room.send<{ results: { outcome: string }[] }>('POST', '/api/events', lines, 'application/x-ndjson');
  return body.results.map((r) => r.outcome);
}

const remove = (file: string) => rmSync(file);
const replace = (file: string) => {
  copyFileSync(file, `${file}.copy`);
  renameSync(file, `${file}.gone`);
  renameSync(`${file}.copy`, file);
};

describe('[I15] the files of the store of a running server', () => {
  it.each([
    ['the log removed', 'warroom.db-wal', remove],
    ['the log replaced by a copy', 'warroom.db-wal', replace],
    ['the lock removed', 'warroom.db.lock', remove],
    ['the lock replaced', 'warroom.db.lock', replace],
    ['the store replaced by a copy', 'warroom.db', replace],
  ])('%s: the server ends, says which, and what it answered as stored is kept', async (_name, name, act) => {
    const room = await started();
    const before = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(new Set(await resend(room, before))).toEqual(new Set(['accepted']));
    act(path.join(room.dataDir, name));
    const stored = await sendUntilGone(room, 1_000);

    expect(await room.kill('SIGKILL')).toBe(1);
    expect(room.output().trim().split('\n').at(-1)).toMatch(new RegExp(`^warroom: stopped: .*${name} was (removed|replaced)`));
    await room.start();
    const folded = async () => ((await room.get<{ lag: number | null }>('/readyz')).lag === 0 ? true : undefined);
    await eventually('what was stored is folded', folded, 120_000);
    expect(new Set(await resend(room, [...before, ...stored]))).toEqual(new Set(['duplicate']));
  });

  it('the store itself removed: the server ends, and answers nothing as stored in between', async () => {
    const room = await started();
    await resend(room, [1]);
    remove(path.join(room.dataDir, 'warroom.db'));
    expect(await sendUntilGone(room, 1_000)).toEqual([]);
    expect(await room.kill('SIGKILL')).toBe(1);
    expect(room.output()).toMatch(/warroom\.db was removed/);
  });

  it('it is noticed while nothing is written', async () => {
    const room = await started();
    remove(path.join(room.dataDir, 'warroom.db-wal'));
    await eventually('the server ends by itself', async () => (room.running() ? undefined : true), 120_000);
    expect(await room.kill('SIGKILL')).toBe(1);
  });

  it('with the lock removed a second server waits until the first has ended', async () => {
    const room = await started();
    const holder = path.join(room.dataDir, 'warroom.db.holder.json');
    expect(existsSync(holder)).toBe(true);
    remove(path.join(room.dataDir, 'warroom.db.lock'));
    const second = runNode([
      '-e',
      `import('./server/adapters/sqlite/open/open-store.ts').then(async ({ openStore }) => {
        const store = await openStore({ file: ${JSON.stringify(path.join(room.dataDir, 'warroom.db'))}, timeZone: 'Asia/Shanghai', newStoreId: 'x', now: Date.now });
        try { process.kill(${String(room.pid())}, 0); console.log('both run'); } catch { console.log('alone'); }
        await store.close();
      }, (error) => console.log(error.name))`,
    ]);
    await eventually('the first server ends by itself', async () => (room.running() ? undefined : true), 120_000);
    expect((await second).output).toMatch(/alone|StoreInUse/);
  });
});
