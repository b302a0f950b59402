/** What the README tells a newcomer to type is typed here as it stands, and what it says of the outcome is compared. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const run = promisify(execFile);
const text = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
const blocks = [...text.matchAll(/```bash\n([^]*?)```/g)].map((match) => match[1] as string);
const block = (holds: string): string => {
  const found = blocks.find((b) => b.includes('curl') && b.includes(holds));
  if (found === undefined) throw new Error(`the README has no curl command with ${holds}`);
  return found;
};

let room: WarRoom;
beforeAll(async () => {
  room = await warRoom();
  await room.start();
});
afterAll(() => room.dispose());

/** The block as a shell runs it, at the address of this server. */
async function typed(commands: string): Promise<string> {
  return (await run('bash', ['-ec', commands.replaceAll('http://127.0.0.1:8080', room.url)])).stdout;
}

describe('the README', () => {
  it('[I4] the first event is accepted as printed, and sending it again changes nothing', async () => {
    const command = block('sales.order.paid');
    const printed = /^# (\{.*\})$/m.exec(command)?.[1] ?? 'nothing';
    expect(JSON.parse(await typed(command))).toEqual(JSON.parse(printed));
    const folded = async () => ((await room.get<{ lag: number | null }>('/readyz')).lag === 0 ? true : undefined);
    await eventually('the order is counted', folded, 60_000);
    expect(JSON.parse(await typed(command))).toMatchObject({ results: [{ id: 'e-1', outcome: 'duplicate' }] });
  });

  it('brands and a year’s target are set as printed; the wall has a plan for the day, the month and the quarter then', async () => {
    const answers = await typed(block('/api/policies/brands'));
    expect(answers).not.toMatch(/"status":\s*[45]\d\d/);
    const { state } = await room.get<{ state: Record<string, { target?: number | null; targetBasis?: string; net?: number }> }>(
      '/api/views/overview',
    );
    for (const group of ['today', 'month', 'quarter']) {
      expect(state[group]?.target, group).toBeGreaterThan(0);
      expect(state[group]?.targetBasis, group).toBe('year_share');
    }
    expect(state['month']?.net).toBe(329_900);
  });

  it('stopped sources are resumed as printed', async () => {
    expect(await typed(block('/api/sources/resume'))).not.toMatch(/"status":\s*[45]\d\d/);
  });

  it('says how a TV gets in where it is refused', () => {
    expect(text).toContain('## On a TV and on phones');
    expect(text).toMatch(/proxy_set_header Upgrade/);
  });
});
