/** What a bench asks a running server and its machine: the ledger's position, timed questions, memory and disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { KpiAnswer, KpiValue } from '../../../shared/kpi/types.ts';
import type { Readiness } from '../../../server/pipeline/services/services.ts';
import type { WarRoom } from '../../helpers/war-room.ts';

export async function readyz(room: WarRoom): Promise<Readiness> {
  return (await (await fetch(`${room.url}/readyz`)).json()) as Readiness;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves to the ms until everything that was sent is folded, and until the ledger has it. */
export async function foldedAndMoved(room: WarRoom, applied: number, onFold?: () => void): Promise<{ folded: number; moved: number }> {
  const from = performance.now();
  let folded = 0;
  for (;;) {
    const { consumed, ledger } = await readyz(room);
    if (folded === 0 && consumed.applied + consumed.older >= applied) {
      folded = performance.now() - from;
      onFold?.();
    }
    if (folded > 0 && ledger.state === 'ready' && ledger.position >= ledger.head) return { folded, moved: performance.now() - from };
    await pause(folded > 0 ? 20 : 100);
  }
}

export async function kpi(room: WarRoom, query: string): Promise<{ readonly ms: number; readonly values: readonly KpiValue[] }> {
  const from = performance.now();
  const response = await fetch(`${room.url}/api/kpis?${query}`);
  const text = await response.text();
  const ms = performance.now() - from;
  if (!response.ok) throw new Error(`GET /api/kpis?${query}: ${String(response.status)} ${text}`);
  return { ms, values: (JSON.parse(text) as KpiAnswer).values };
}

/** Process ids of the server and of everything it started. */
export function processesOf(room: WarRoom): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found = [room.pid() ?? -1];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

/** Memory of all processes together, MB; memory they share counts once for each, so that the sum is an upper bound. */
export function residentMb(room: WarRoom): { readonly total: number; readonly each: readonly number[] } {
  const each = processesOf(room).map((pid) => {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
  });
  return { total: each.reduce((sum, mb) => sum + mb, 0), each };
}

/** Bytes of every file below the data folder, by its name there. */
export function filesOf(dataDir: string): ReadonlyMap<string, number> {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(dataDir, file), statSync(file).size];
    }),
  );
}
