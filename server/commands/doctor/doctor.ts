/** `warroom doctor`: checks everything that the server needs, and prints for each part whether it is in order and, if not, what to do. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, type Config } from '../../config.ts';
import { ok, wrong, type Finding } from './finding.ts';
import { clock, disk, node, port } from './machine.ts';
import { client, kafka, secrets, store } from './parts.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const marks = { ok: '  ok  ', note: '  ·   ', wrong: 'WRONG ' };

/** Exit code: 1 when something is wrong. */
export async function doctor(): Promise<number> {
  const findings = [node(), ...(await checkAll(loadConfig(process.env)))];
  for (const finding of findings) {
    console.log(`${marks[finding.kind]}${finding.what}`);
    if (finding.kind === 'wrong') console.log(`      → ${finding.todo}`);
  }
  const bad = findings.filter((f) => f.kind === 'wrong').length;
  console.log(bad === 0 ? 'All is well.' : `${bad} to mend.`);
  return bad === 0 ? 0 : 1;
}

async function checkAll(config: Config | { readonly error: string }): Promise<Finding[]> {
  if ('error' in config) return [wrong(config.error, 'mend that setting; the README has the table')];
  return [
    ok('the settings are understood'),
    clock(config, statSync(path.join(root, 'package.json')).mtimeMs),
    ...disk(config),
    store(config, 'warroom.db'),
    store(config, 'demo.db'),
    ...secrets(config, 'warroom.db'),
    client(root),
    await port(config),
    ...(await kafka(config)),
  ];
}
