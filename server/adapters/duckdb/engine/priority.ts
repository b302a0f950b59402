/**
 * How the process stands back while it has much to move: the line comes first. Only the calling thread is slowed, which reads
 * blocks and writes rows; the threads that answer questions were started before and keep their place.
 */
import { setPriority } from 'node:os';

export interface Priority {
  low(): void;
  normal(): void;
}

const LOW = 10;

export function createPriority(set: (priority: number) => void = (priority) => setPriority(priority)): Priority {
  let current = 0;
  const change = (priority: number): void => {
    if (priority === current) return;
    try {
      set(priority);
      current = priority;
    } catch {
      // Most systems let nobody but the administrator raise a priority again: the thread then stays where it is.
    }
  };
  return { low: () => change(LOW), normal: () => change(0) };
}
