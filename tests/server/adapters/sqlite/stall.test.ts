import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openReader } from '../../../../server/adapters/sqlite/connection.ts';
import { startScript } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const script = fileURLToPath(new URL('./stalling-child.ts', import.meta.url));

test('the event loop goes on turning while a batch of 20,000 orders is written', async () => {
  const file = join(temporaryFolder(), 'store.db');
  // In a process of its own: the heap that the files before this one have left in ours takes longer to collect than a turn may last.
  const child = startScript(script, [file]);
  await child.printed(1);
  const { longestMs, turns }: { readonly longestMs: number; readonly turns: number } = JSON.parse(child.lines[0] ?? '');
  process.stdout.write(`longest stall ${longestMs.toFixed(1)} ms, ${turns} turns\n`);
  expect(turns).toBeGreaterThan(3);
  // The promise is 20 ms; code that runs for the first time is slower.
  expect(longestMs).toBeLessThan(60);
  await child.ended();
  const stored = openReader(file);
  expect({ ...stored.prepare('select count(*) as orders from orders').get() }).toEqual({ orders: 20_000 });
  stored.close();
});
