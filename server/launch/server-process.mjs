/**
 * How Node runs the war room, wherever it is started: from the launcher and from tests that
 * measure it. Without these a busy line takes half as much memory again.
 */
import path from 'node:path';

/**
 * Memory against speed, for a backlog at full speed on two cores: young objects get
 * 3 × 16 MB (24 are no faster and 18 MB more at the peak; left alone Node takes 64: what the line
 * makes is soon garbage); they are collected on the line's own thread, since helpers would take
 * the core the store writes on; and they all begin young: V8 would put those of busy places
 * among the old at once, where dead ones keep alive what they point to (+12 % orders a second).
 * Old objects are collected from 160 MB on and never pass 1 GB; at 128 MB it costs 4 % of the
 * speed, at 192 MB it takes 40 MB more.
 */
export const nodeFlags = [
  '--max-semi-space-size=16',
  '--no-allocation-site-pretenuring',
  '--no-parallel-scavenge',
  '--max-old-space-size=1024',
  '--initial-old-space-size=160',
];

/**
 * Fetched megabytes go back to the system when they are freed instead of breaking up glibc's
 * heap, and its threads share two heaps instead of keeping one each: 30 MB less after a million
 * orders, at the same speed (other C libraries read neither). Stripped types are kept between starts: the
 * stripper takes 40 MB and most of the loading time. What the caller has set wins.
 * @param {string} root of the project
 * @returns {Record<string, string>}
 */
export function serverEnvironment(root) {
  const ours = {
    MALLOC_MMAP_THRESHOLD_: '131072',
    MALLOC_ARENA_MAX: '2',
    NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/warroom-compiled'),
  };
  return Object.fromEntries(Object.entries(ours).filter(([name]) => process.env[name] === undefined));
}
