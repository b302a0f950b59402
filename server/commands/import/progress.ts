/** How far a long command is: a bar that redraws itself on a terminal, a line now and then elsewhere. */
import { number } from './tally.ts';

const WIDTH = 28;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;

export interface Progress {
  /** `share` 0 … 1. */
  update(share: number, done: number): void;
  /** A sentence that stays, above the bar. */
  say(line: string): void;
  end(): void;
}

/** @param what what `done` counts, for a line */
export function progress(label: string, out: NodeJS.WriteStream, what = 'sent'): Progress {
  const started = performance.now();
  let drawnAt = -Infinity;
  let drawn = false;
  const clear = () => {
    if (drawn) out.write('\r\u001b[K');
    drawn = false;
  };
  return {
    update(share, done) {
      const now = performance.now();
      if (now - drawnAt < (out.isTTY ? REDRAW_MS : LINE_EVERY_MS)) return;
      if (!out.isTTY && drawnAt === -Infinity) {
        // The first line after five seconds: a short transfer needs none.
        drawnAt = now;
        return;
      }
      drawnAt = now;
      const perSecond = Math.round(done / Math.max(0.001, (now - started) / 1_000));
      const percent = `${Math.floor(share * 100)} %`;
      if (out.isTTY) {
        const filled = Math.round(share * WIDTH);
        out.write(
          `\r\u001b[K${label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} · ${number(done)} · ${number(perSecond)}/s`,
        );
        drawn = true;
      } else {
        out.write(`${label}: ${percent}, ${number(done)} ${what}, ${number(perSecond)}/s\n`);
      }
    },
    say(line) {
      clear();
      out.write(`${line}\n`);
    },
    end: clear,
  };
}
