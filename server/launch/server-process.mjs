/**
 * How Node runs the war room, wherever it is started: from the launcher and from tests that
 * measure it. Without these a busy line takes half as much memory again.
 */
import path from 'node:path';

/**
 * Memory against speed, for a backlog at full speed on two cores: young objects get
 * 3 × 16 MB (left alone Node takes 3 × 64 MB on a large machine, for a few percent); they are
 * collected on the line's own thread, since helpers would take the core the store writes on;
 * old objects are collected from 128 MB on and never pass 1 GB (402 → 345 MB resident after
 * 300,000 orders).
 */
export const nodeFlags = [
  '--max-semi-space-size=16',
  '--no-parallel-scavenge',
  '--max-old-space-size=1024',
  '--initial-old-space-size=128',
];

/**
 * Fetched megabytes go back to the system when they are freed instead of breaking up glibc's
 * heap (other C libraries do not read this). Stripped types are kept between starts: the
 * stripper takes 40 MB and most of the loading time. What the caller has set wins.
 * @param {string} root of the project
 * @returns {Record<string, string>}
 */
export function serverEnvironment(root) {
  const ours = { MALLOC_MMAP_THRESHOLD_: '131072', NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/warroom-compiled') };
  return Object.fromEntries(Object.entries(ours).filter(([name]) => process.env[name] === undefined));
}
