/** `warroom verify` on a store a real server filled: all well, and then with one cell changed behind its back. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warroom } from '../helpers/program.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
beforeAll(async () => {
  room = await warRoom({ env: { DEMO: 'on' } });
  await room.start();
  const enough = async () => {
    const { lag, consumed } = await room.get<{ lag: number; consumed: { applied: number } }>('/readyz');
    return lag === 0 && consumed.applied > 5_000 ? true : undefined;
  };
  await eventually('the demo has published enough', enough, 30_000);
});
afterAll(() => room.dispose());
const verify = () => warroom(['verify', '--demo'], { DATA_DIR: room.dataDir });

describe('verifying a store', () => {
  it('is refused while a server has it', async () => {
    const run = await verify();
    expect(run.code).toBe(1);
    expect(run.output).toContain(`process ${room.pid()}`);
  });

  it('finds every cell equal to the recount', async () => {
    await room.kill('SIGTERM');
    const run = await verify();
    expect(run.output).toContain('Every cell equals the recount from facts.');
    expect(run.code).toBe(0);
  });

  it('finds one cell that is wrong by one, and names it', async () => {
    const db = new DatabaseSync(path.join(room.dataDir, 'demo.db'));
    db.exec(
      "update cells set m0 = m0 + 1 where (family, bucket, dims) = (select family, bucket, dims from cells where family = 'spend' limit 1)",
    );
    db.close();
    const run = await verify();
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/WRONG spend: \d+ cells, 1 differ/);
    expect(run.output).toMatch(/spend \d{4}-\d\d-\d\d .*: stored \d+, recounted \d+/);
  });
});
