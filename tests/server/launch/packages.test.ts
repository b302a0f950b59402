import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runNode } from '../../helpers/program.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'warroom-launch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, packages: Record<string, unknown>): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), JSON.stringify({ packages }));
}
const lock = (packages: Record<string, unknown>) => put('package-lock.json', { '': { name: 'x' }, ...packages });
const installed = (packages: Record<string, unknown>) => put('node_modules/.package-lock.json', packages);
/** The launcher is plain JavaScript that runs before anything is installed; it is tested as it is started. */
async function missing(): Promise<unknown> {
  const code = `import('./server/launch/packages.mjs').then((m) => console.log(JSON.stringify(m.missingPackage(${JSON.stringify(root)}))));`;
  return JSON.parse((await runNode(['-e', code])).output);
}

describe('what the launcher finds missing', () => {
  it('is everything on a fresh clone', async () => {
    lock({ 'node_modules/a': { version: '1.0.0' } });
    expect(await missing()).toBe('everything');
  });

  it('is nothing when all is installed as locked, whatever else lies there', async () => {
    lock({ 'node_modules/a': { version: '1.0.0' } });
    installed({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/by-hand': { version: '9.0.0' } });
    expect(await missing()).toBeNull();
  });

  it('is a package of another version, or one that was added', async () => {
    lock({ 'node_modules/a': { version: '1.0.1' } });
    installed({ 'node_modules/a': { version: '1.0.0' } });
    expect(await missing()).toBe('a');
    lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/@b/c': { version: '1.0.0', dev: true } });
    expect(await missing()).toBe('@b/c');
  });

  it('is not a package of another platform', async () => {
    lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-win32': { version: '1.0.0', optional: true } });
    installed({ 'node_modules/a': { version: '1.0.0' } });
    expect(await missing()).toBeNull();
  });
});
