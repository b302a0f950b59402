/**
 * Random tests have two lengths: the short form runs with every change, the long form with `npm run soak`, which sets
 * LONG. A variable of its own sets one test's length by hand.
 */
export function rounds(variable: string, { short, long }: { readonly short: number; readonly long: number }): number {
  return Number(process.env[variable] ?? (process.env['LONG'] === '1' ? long : short));
}
