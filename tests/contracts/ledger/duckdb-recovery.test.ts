/** What becomes of the ledger when its process or its file is lost: no row is lost or doubled, and nobody has to do anything. */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import type { DuckLedger } from '../../../server/adapters/duckdb/client/create-ledger.ts';
import { ledgerReason } from '../../../server/compose/ledger.ts';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import type { Logger } from '../../../server/pipeline/ports/logger.ts';
import { ledgerFile, openLedger, plainLedger, statusWhere } from '../../helpers/duck-ledger.ts';
import { generateEvents } from '../../helpers/event-generator.ts';
import { openLine, type Line } from '../../helpers/line.ts';
import { seededRandom } from '../../helpers/random.ts';
import { allRows, expectSameLedger } from '../../helpers/same-ledger.ts';
import { testSeed } from '../../helpers/seed.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { distinctOf, sumsOf } from './samples.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
/** When the store gets its events, 60 at a time. */
const commits = [0, 1, 2, 3, 4].map((n) => NOW - (4 - n) * 86_400_000);
const moments = [...commits, NOW - 36_000_000, NOW + 1];
/** Of those, what a file that was spoilt is asked: a moment of the past and now. */
const fewMoments = [...commits.slice(2, 3), NOW + 1];

let line: Line | undefined;
let ledger: DuckLedger | undefined;
afterEach(async () => {
  await ledger?.stop();
  await line?.close();
  [line, ledger] = [undefined, undefined];
});

/** A store with some hundred events, folded in several commits at different times. */
async function filledLine(seed: number, threads = false): Promise<Line> {
  const opened = await openLine({ now: '1970-01-01T00:00:00Z', threads });
  line = opened;
  const events = generateEvents({ seed, count: 300, until: NOW, ids: 12 });
  for (const [n, at] of commits.entries()) {
    opened.at(at);
    await opened.ingest(events.slice(n * 60, (n + 1) * 60));
  }
  return opened;
}

function start(from: Line, logger: Logger = silentLogger): DuckLedger {
  ledger = openLedger(from.folder, { logger });
  return ledger;
}

const ready = (of: DuckLedger, position: number) => statusWhere(of, (status) => status.state === 'ready' && status.position === position);

describe('a file that cannot be used is written anew from the facts', () => {
  const rewritten: { readonly title: string; spoil(file: string): Promise<void> | void; readonly because: RegExp }[] = [
    { title: 'deleted', spoil: (file) => rmSync(file), because: /not there/ },
    { title: 'cut to half', spoil: (file) => truncateSync(file, readFileSync(file).length / 2), because: /written anew/ },
    { title: 'overwritten with rubbish', spoil: (file) => writeFileSync(file, Buffer.alloc(500_000, 'rubbish ')), because: /written anew/ },
    { title: 'empty', spoil: (file) => writeFileSync(file, ''), because: /written anew/ },
    { title: 'of another store', spoil: (file) => setMeta(file, 'storeId', 'another'), because: /another store/ },
    { title: 'of another format', spoil: (file) => setMeta(file, 'format', '[]'), because: /other rules/ },
    { title: 'ahead of the store', spoil: (file) => setMeta(file, 'position', '999'), because: /stands at block 999/ },
  ];

  test.each(rewritten)('$title', async ({ spoil, because }) => {
    const from = await filledLine(testSeed('ledger file'));
    const plain = plainLedger(from.folder);
    const { position } = plain.status();
    const first = start(from);
    await ready(first, position);
    await first.stop();
    await spoil(ledgerFile(from.folder));
    const said: string[] = [];
    const again = start(from, { ...silentLogger, info: (_, message) => said.push(message) });
    await statusWhere(again, ({ state }) => state === 'rebuilding');
    await ready(again, position);
    await expectSameLedger(again, plain, fewMoments);
    expect(said.join('; ')).toMatch(because);
  });

  test('behind the oldest block that is kept', async () => {
    const from = await filledLine(testSeed('ledger blocks'), true);
    const first = start(from);
    await ready(first, plainLedger(from.folder).status().position);
    await first.stop();
    await from.ingest(generateEvents({ seed: 7, count: 60, until: NOW, ids: 30 }));
    const plain = plainLedger(from.folder);
    const { position } = plain.status();
    await setMeta(ledgerFile(from.folder), 'position', '1');
    expect(await from.store.dropLedgerBlocks(position, Infinity)).toBeGreaterThan(1);
    const again = start(from);
    await ready(again, position);
    await expectSameLedger(again, plain, moments);
  });
});

test('written anew and carried on: rows of later commits follow those made from the facts', async () => {
  const from = await filledLine(testSeed('ledger rebuild'));
  const opened = start(from);
  await ready(opened, plainLedger(from.folder).status().position);
  for (let round = 0; round < 5; round += 1) {
    from.at(NOW + round * 1_000);
    await from.ingest(generateEvents({ seed: round, count: 40, until: NOW, ids: 12 }));
    opened.advance(plainLedger(from.folder).status().position);
  }
  await opened.ask([sumsOf()]);
  await expectSameLedger(opened, plainLedger(from.folder), moments);
});

test('[I1] killed at any moment while rows are moved, the process starts again and each row is there once', async () => {
  const random = seededRandom(testSeed('ledger kills'));
  const opened = await openLine({ now: '1970-01-01T00:00:00Z', threads: false });
  line = opened;
  opened.at(NOW);
  const moving = start(opened);
  await ready(moving, 0);
  const events = generateEvents({ seed: random.below(1_000_000), count: 600, until: NOW, ids: 40 });
  let kills = 0;
  for (let from = 0; from < events.length;) {
    const count = 1 + random.below(60);
    await opened.ingest(events.slice(from, from + count));
    from += count;
    const { position } = plainLedger(opened.folder).status();
    moving.advance(position);
    const pid = moving.pid();
    if (pid !== undefined && random.chance(0.75)) {
      // A question under way hears that its process is gone.
      const asked = moving.ask([sumsOf(), distinctOf()]).then(
        () => null,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, random.below(40)));
      if (kill(pid)) {
        kills += 1;
        // The death is heard of a moment later; until then the status is still that of the dead process.
        while (moving.pid() === pid) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const error = await asked;
      if (error !== null) expect(error).toMatchObject({ name: 'Unavailable', code: 'ledger_unavailable' });
      await ready(moving, position);
    }
  }
  expect(kills).toBeGreaterThan(5);
  const plain = plainLedger(opened.folder);
  await ready(moving, plain.status().position);
  expect(await allRows(moving)).toEqual(await allRows(plain));
});

test('killed while it is written anew, the ledger is written anew again', async () => {
  const from = await filledLine(testSeed('ledger rebuild kills'));
  const { position } = plainLedger(from.folder).status();
  const opened = start(from);
  for (let kills = 0; kills < 3; kills += 1) {
    const { state } = await statusWhere(opened, (status) => status.state === 'rebuilding' || status.state === 'ready');
    const pid = opened.pid();
    if (state === 'ready' || pid === undefined) break;
    const gone = statusWhere(opened, (status) => status.state === 'unavailable');
    if (!kill(pid)) break;
    await gone;
  }
  await ready(opened, position);
  await expectSameLedger(opened, plainLedger(from.folder), moments);
});

test.each(['a new file', 'the file it had'])('from its start until it answers it gives a reason: %s', async (which) => {
  const from = await filledLine(3);
  const { position } = plainLedger(from.folder).status();
  if (which === 'the file it had') {
    await ready(start(from), position);
    await ledger?.stop();
  }
  const opened = start(from);
  const states = [opened.status()];
  opened.onStatus((status) => states.push(status));
  await statusWhere(opened, ({ state }) => state === 'ready');
  const open = states.findLastIndex(({ state }) => state === 'opening' || state === 'rebuilding') + 1;
  expect(states.slice(0, open).map((status) => ledgerReason(status))).not.toContainEqual([]);
  expect(new Set(states.map(({ state }) => state)).has('rebuilding')).toBe(which === 'a new file');
});

test('while its process is down, a question is refused at once and says why', async () => {
  const from = await filledLine(1);
  const opened = start(from);
  await statusWhere(opened, ({ state }) => state === 'ready');
  const gone = statusWhere(opened, ({ state }) => state === 'unavailable');
  kill(opened.pid() ?? 0);
  await gone;
  const error: unknown = await opened.ask([sumsOf()]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Unavailable);
  expect(error).toMatchObject({ code: 'ledger_unavailable', message: expect.stringMatching(/SIGKILL.*started again/) });
  await statusWhere(opened, ({ state }) => state === 'ready');
  expect(await opened.ask([sumsOf()])).toHaveLength(1);
});

test('a process that native code has brought down three times begins with a new file', async () => {
  const from = await filledLine(2);
  const said: string[] = [];
  const opened = start(from, { ...silentLogger, info: (_, message) => said.push(message) });
  await statusWhere(opened, ({ state }) => state === 'ready');
  for (let times = 0; times < 3; times += 1) {
    said.length = 0;
    const gone = statusWhere(opened, ({ state }) => state === 'unavailable');
    kill(opened.pid() ?? 0, 'SIGSEGV');
    await gone;
    await statusWhere(opened, ({ state }) => state === 'ready');
    expect(said.filter((message) => message.includes('written anew'))).toHaveLength(times === 2 ? 1 : 0);
  }
  await expectSameLedger(opened, plainLedger(from.folder), moments);
});

/** false when it has just ended by itself. */
function kill(pid: number, signal: 'SIGKILL' | 'SIGSEGV' = 'SIGKILL'): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function setMeta(file: string, name: string, value: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('update meta set value = $1 where name = $2', [value, name]);
  connection.closeSync();
  instance.closeSync();
}
