/** The seed of a random test: printed, so that a failing run can be repeated with `SEED=… npx vitest …`. */
export function testSeed(what: string): number {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${what}: SEED=${seed}\n`);
  return seed;
}
