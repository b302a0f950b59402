/** Moves the whole picture by a few pixels every few minutes, so that what stands still for years burns in nowhere. */
import { useEffect } from 'react';

const EVERY_MS = 3 * 60_000;
const FAR = 4;
/** Once around the place the picture has by rights; the paddings of the wall are wider than the way. */
const way = [
  [0, 0],
  [FAR, 0],
  [FAR, FAR],
  [0, FAR],
  [-FAR, FAR],
  [-FAR, 0],
  [-FAR, -FAR],
  [0, -FAR],
  [FAR, -FAR],
] as const;

/** Where the picture stands so long after the page began, px. */
export function shiftAt(sinceStart: number): readonly [x: number, y: number] {
  return way[Math.floor(Math.max(0, sinceStart) / EVERY_MS) % way.length] ?? way[0];
}

export function usePixelShift(): void {
  useEffect(() => {
    const began = performance.now();
    const { style } = document.documentElement;
    const move = (): void => {
      const [x, y] = shiftAt(performance.now() - began);
      style.setProperty('--shift-x', `${x}px`);
      style.setProperty('--shift-y', `${y}px`);
    };
    const timer = window.setInterval(move, EVERY_MS / 6);
    return () => {
      window.clearInterval(timer);
      style.removeProperty('--shift-x');
      style.removeProperty('--shift-y');
    };
  }, []);
}
