/**
 * Composition root: configuration → adapters → pipeline → run → drain. Imported for its
 * effect by `warroom serve`, or run directly. Prints one line with the address when ready;
 * everything else it says are log lines in JSON.
 */
import path from 'node:path';
import { createLunarAlmanac } from './adapters/almanac/lunar-almanac.ts';
import { createMetrics } from './adapters/metrics/registry.ts';
import { readKeys } from './adapters/secrets/key-file.ts';
import { systemClock } from './adapters/system/clock.ts';
import { createLogger } from './adapters/system/logger.ts';
import { systemTimers } from './adapters/system/timers.ts';
import { buildName } from './compose/build-name.ts';
import { lifeCycle } from './compose/life-cycle.ts';
import { isStartupFailure } from './compose/startup-failure.ts';
import { openLedger } from './compose/ledger.ts';
import { startServer } from './compose/server.ts';
import { loadConfig, type Config } from './config.ts';
import { createNodesOf, nodeDaysOf } from './domain/nodes/nodes.ts';
import { createCalendar } from './domain/time/calendar.ts';

const root = path.resolve(import.meta.dirname, '..');

/** On a terminal people read along: there only what needs them is written, unless they ask for more. */
function levelFor(config: Config): Config['logLevel'] {
  return process.stdout.isTTY && config.logLevel === 'info' ? 'warn' : config.logLevel;
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if ('error' in config) return refuse(config.error);
  const logger = createLogger({ level: levelFor(config) });
  const life = lifeCycle(() => logger);
  const nodesOf = createNodesOf(createLunarAlmanac());
  const foundation = {
    secretKeys: () => readKeys(config.secretKeyFile),
    ...{ config, logger, clock: systemClock, timers: systemTimers, build: buildName(root) },
    calendar: createCalendar(config.timeZone, nodeDaysOf(nodesOf({ years: {} }))),
    nodesOf,
    metrics: createMetrics({ defaults: true, keepMs: 1_000 }),
    openLedger: (storeFile: string) => openLedger({ logger, timers: systemTimers }, storeFile),
  };
  try {
    const server = await startServer(foundation, root, life.onBug);
    // A signal drains the server also while its sources are still being opened.
    life.serve(server);
    if (!(await server.opened())) return;
    process.stdout.write(`营销作战室 ready: ${server.url}/${server.demo ? ' (演示数据)' : ''}\n`);
  } catch (error) {
    if (!isStartupFailure(error)) throw error;
    refuse(error.message);
  }
}

function refuse(reason: string): void {
  process.stderr.write(`warroom: ${reason}\n`);
  process.exit(1);
}

await main();
