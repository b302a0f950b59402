/**
 * Composition root: adapters → pipeline → run → drain. Prints one line with the address when ready; everything else it says
 * are log lines in JSON.
 */
import path from 'node:path';
import { createLunarAlmanac } from '../adapters/almanac/lunar-almanac.ts';
import { createMetrics } from '../adapters/metrics/registry.ts';
import { readKeys } from '../adapters/secrets/key-file.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { createLogger } from '../adapters/system/logger.ts';
import { systemTimers } from '../adapters/system/timers.ts';
import { machineBoot, machineUptime } from '../adapters/system/uptime.ts';
import type { Config } from '../config.ts';
import { createNodesOf, nodeDaysOf } from '../domain/nodes/nodes.ts';
import { createCalendar } from '../domain/time/calendar.ts';
import { buildName } from './build-name.ts';
import { openLedger } from './ledger.ts';
import { lifeCycle } from './life-cycle.ts';
import { startServer } from './server.ts';
import { isStartupFailure } from './startup-failure.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** On a terminal people read along: there only what needs them is written, unless they ask for more. */
function levelFor(config: Config): Config['logLevel'] {
  return process.stdout.isTTY && config.logLevel === 'info' ? 'warn' : config.logLevel;
}

/** @param refuse ends the process with one line, where what the server needs is not there */
export async function runServer(config: Config, refuse: (reason: string) => void): Promise<void> {
  const logger = createLogger({ level: levelFor(config) });
  const life = lifeCycle(() => logger);
  const nodesOf = createNodesOf(createLunarAlmanac());
  const foundation = {
    secretKeys: () => readKeys(config.secretKeyFile),
    ...{ config, logger, clock: systemClock, timers: systemTimers, build: buildName(root) },
    machine: { uptime: machineUptime, boot: machineBoot() },
    calendar: createCalendar(config.timeZone, nodeDaysOf(nodesOf({ years: {} }))),
    nodesOf,
    metrics: createMetrics({ defaults: true, keepMs: 1_000 }),
    createKafkaLog: config.kafka && (await import('../adapters/kafka/kafka-log.ts')).createKafkaLog,
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
