/** A process that sends to all its clients when it is asked to, on a fixed schedule, and tells what that cost it. */
import type { Asked, Told } from './told.ts';

const tell = (message: Told): void => void process.send?.(message);

/** @param publish sends one message to every client; messages are numbered from 2 on */
export function runSender(port: number, publish: (revision: number) => void): void {
  let cpu = process.cpuUsage();
  let revision = 1;
  process.on('message', (asked: Asked) => {
    if ('report' in asked) {
      const { user, system } = process.cpuUsage(cpu);
      tell({ cpuUs: user + system, residentMb: process.memoryUsage.rss() / 1_048_576 });
      return;
    }
    const { send, perSecond } = asked;
    cpu = process.cpuUsage();
    const began = performance.now();
    let sent = 0;
    const step = (): void => {
      const due = Math.min(send, Math.floor(((performance.now() - began) / 1_000) * perSecond) + 1);
      for (; sent < due; sent += 1) publish((revision += 1));
      if (sent < send) setTimeout(step, Math.max(1, (sent / perSecond) * 1_000 - (performance.now() - began)));
      else tell({ sent });
    };
    step();
  });
  process.on('disconnect', () => process.exit(0));
  tell({ port });
}
