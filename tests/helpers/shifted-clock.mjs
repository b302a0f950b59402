/**
 * Loaded before a program (`--import`), shifts its wall clock by the milliseconds in the file that SHIFT_FILE names, also
 * while it runs. Elapsed time stays what it is, as on a machine whose clock somebody sets.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const file = process.env['SHIFT_FILE'];
const real = Date.now.bind(Date);
let shift = 0;
let lookedAt = -Infinity;

function now() {
  const elapsed = performance.now();
  if (file && elapsed - lookedAt > 10) {
    lookedAt = elapsed;
    const read = Number(readFileSync(file, 'utf8'));
    // A file that is being written is empty for a moment.
    if (Number.isFinite(read)) shift = read;
  }
  return real() + shift;
}

globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
