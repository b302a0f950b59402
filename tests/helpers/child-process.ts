/** Processes a war room started, by what they run. */
import { readdirSync, readFileSync } from 'node:fs';

/** Id of the child process whose command line holds a text; undefined while there is none (Linux). */
export function childOf(parent: number, text: string): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parentId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return Number(parentId) === parent && state !== 'Z' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}
