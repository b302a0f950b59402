/**
 * Loaded before a program (`--import`), makes all of its time pass CLOCK_RATE times as fast: the wall clock, elapsed time, the
 * uptime of the machine, timers and sleeps, in every thread and process that the program starts.
 */
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import sleeps from 'node:timers/promises';

const rate = Number(process.env['CLOCK_RATE'] ?? '1');
const began = Date.now();
const real = {
  ...{ date: Date.now.bind(Date), elapsed: performance.now.bind(performance), uptime: os.uptime },
  ...{ setTimeout: timers.setTimeout, setInterval: timers.setInterval, sleep: sleeps.setTimeout },
};
// Elapsed time of a thread begins with the thread, and the wall with the program that it was handed on from.
const wallBegan = Number((process.env['CLOCK_BEGAN'] ??= String(began)));
const now = () => Math.round(wallBegan + (real.date() - wallBegan) * rate);

globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
performance.now = () => real.elapsed() * rate;
os.uptime = () => real.uptime() * rate;
const slower = (ms) => (typeof ms === 'number' ? ms / rate : ms);
timers.setTimeout = (run, ms, ...given) => real.setTimeout(run, slower(ms), ...given);
timers.setInterval = (run, ms, ...given) => real.setInterval(run, slower(ms), ...given);
sleeps.setTimeout = (ms, ...given) => real.sleep(slower(ms), ...given);
globalThis.setTimeout = timers.setTimeout;
globalThis.setInterval = timers.setInterval;
syncBuiltinESMExports();
