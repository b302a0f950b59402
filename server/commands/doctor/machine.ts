/** The machine under the server: Node, disk, port, clock. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Config } from '../../config.ts';
import { createCalendar } from '../../domain/time/calendar.ts';
import { ownAddress } from '../connect.ts';
import { messageOf, note, ok, wrong, type Finding } from './finding.ts';

const OLDEST_NODE = 24;
const LEAST_FREE_BYTES = 1_073_741_824;
/** An fsync above this makes every commit slow enough to see on the wall. */
const SLOW_FSYNC_MS = 50;
const TRIES = 20;

export function node(): Finding {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= OLDEST_NODE) return ok(`Node ${process.versions.node}`);
  return wrong(`Node ${process.versions.node} is too old`, 'run the doctor as npm run warroom -- doctor: it brings its own Node');
}

/** Writes as the store will: small, and each one down to the disk. */
export function disk({ dataDir }: Config): Finding[] {
  try {
    mkdirSync(dataDir, { recursive: true });
    const { bavail, bsize } = statfsSync(dataDir);
    const free = bavail * bsize;
    const gb = `${(free / 1_073_741_824).toFixed(1)} GB free in ${dataDir}`;
    return [free < LEAST_FREE_BYTES ? wrong(gb, 'make room, or set DATA_DIR to a larger disk') : ok(gb), fsync(dataDir)];
  } catch (error) {
    return [wrong(`${dataDir} cannot be written: ${messageOf(error)}`, 'set DATA_DIR to a folder this user may write')];
  }
}

function fsync(dataDir: string): Finding {
  const file = path.join(dataDir, `.doctor-${process.pid}`);
  const handle = openSync(file, 'w');
  try {
    const times = Array.from({ length: TRIES }, () => {
      const started = performance.now();
      writeSync(handle, 'x'.repeat(4_096));
      fsyncSync(handle);
      return performance.now() - started;
    }).sort((a, b) => a - b);
    const median = times[TRIES / 2] as number;
    const what = `a durable write takes ${median.toFixed(1)} ms (median of ${TRIES})`;
    return median > SLOW_FSYNC_MS
      ? wrong(what, 'put DATA_DIR on a local disk; network folders are too slow and their locks unsafe')
      : ok(what);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

export async function port(config: Config): Promise<Finding> {
  const { host, port: number } = config;
  if (await isFree(host, number)) return ok(`port ${number} on ${host} is free`);
  const address = ownAddress(config);
  try {
    const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(3_000) });
    const { build } = (await answer.json()) as { build?: string };
    if (build !== undefined) return note(`a war room (build ${build}) serves ${address}`);
  } catch {
    // Whatever listens there is none of ours, which is what the finding says.
  }
  return wrong(`port ${number} on ${host} is taken by another program`, 'stop it, or set PORT');
}

function isFree(host: string, number: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(number, host, () => server.close(() => resolve(true)));
  });
}

/** A clock before this program was written is wrong whatever the time is. */
export function clock({ timeZone }: Config, writtenAt: number): Finding {
  const now = Date.now();
  const what = `the clock says ${new Date(now).toLocaleString('sv-SE', { timeZone })} (${timeZone}), business day ${createCalendar(timeZone).formatDay(createCalendar(timeZone).dayOf(now))}`;
  return now < writtenAt ? wrong(what, 'set the clock; deadlines are counted by it') : ok(what);
}
