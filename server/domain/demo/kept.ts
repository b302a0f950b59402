/** What is asked for again and again and follows from the world and a number, a minute or a day, is made once. */
import type { DemoWorld } from './world.ts';

/** @param most so many are kept; then all are forgotten, since what is asked for moves on with time */
export function kept<T>(most: number, make: (world: DemoWorld, of: number) => T): (world: DemoWorld, of: number) => T {
  const byWorld = new WeakMap<DemoWorld, Map<number, T>>();
  return (world, of) => {
    let known = byWorld.get(world);
    if (!known) byWorld.set(world, (known = new Map()));
    let found = known.get(of);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    known.set(of, (found = make(world, of)));
    return found;
  };
}
