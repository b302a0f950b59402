/**
 * What a page painted, frame by frame, against what the server held at that time. A frame is honest if its figure is one the
 * server held within the time a screen is allowed to be behind, or if the screen says that it is not current.
 */
import type { Page } from 'playwright-core';
import { createHash } from 'node:crypto';

/** Consecutive frames that looked alike. */
export interface Painted {
  /** First and last such frame by the page's clock, which the test sets ahead. */
  readonly from: number;
  until: number;
  /** Today's net sales as the headline tells them, minor units; null = none. */
  readonly net: number | null;
  /** The page tells people that the figures may not be current. */
  readonly marked: boolean;
}

/** What the server held, from an instant on. */
export interface Held {
  readonly from: number;
  readonly net: number;
}

/** The page's clock was set ahead by so many ms at an instant of the machine's clock. */
export interface Jump {
  readonly at: number;
  readonly ms: number;
}

/** What the server held, with instants by the clock of a page that was set ahead. */
export const byClockOf = (held: readonly Held[], jumps: readonly Jump[]): readonly Held[] =>
  held.map(({ from, net }) => ({ net, from: jumps.reduce((at, jump) => (from >= jump.at ? at + jump.ms : at), from) }));

/** ms of frames that were neither current nor marked. */
export function silentlyStale(painted: readonly Painted[], held: readonly Held[], allowedMs: number): number {
  let sum = 0;
  for (const { from, until, net, marked } of painted) {
    if (marked) continue;
    // A figure that is not among those held yet is newer than they are; one that never was is wrong from its first frame on.
    const at = held.findIndex((one) => one.net === net);
    const end = at < 0 ? -Infinity : (held[at + 1]?.from ?? Infinity);
    sum += Math.max(0, until - Math.max(from, end + allowedMs) + (until > end + allowedMs ? 1 : 0));
  }
  return sum;
}

/** Samples every frame of a page from its start on, and gives the test a hand on the clocks of the page. */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    const frames: Painted[] = [];
    const clock = { jumpAt: Infinity, jumpMs: 0, shiftMs: 0, stopped: null as number | null };
    Date.now = () => {
      if (real() >= clock.jumpAt) Object.assign(clock, { shiftMs: clock.shiftMs + clock.jumpMs, jumpAt: Infinity });
      return clock.stopped ?? real() + clock.shiftMs;
    };
    const mono = performance.now.bind(performance);
    performance.now = () => (clock.stopped === null ? mono() : 0);
    const seen = (selector: string): boolean => {
      const found = document.querySelector(selector);
      return found !== null && found.getClientRects().length > 0;
    };
    let at = 0;
    const sample = (): void => {
      const title = document.querySelector('.headline')?.getAttribute('title');
      if (!title) return;
      const net = Math.round(Number(title.replace(/[^\d.]/gu, '')) * 100);
      const phase = document.querySelector('.wall')?.getAttribute('data-phase');
      const marked = (phase === 'amber' && seen('.notice.marked[role="status"]')) || (phase === 'grey' && seen('.band'));
      const last = frames.at(-1);
      // Nothing is painted while a page is frozen: what follows a pause is judged by itself.
      if (last && last.net === net && last.marked === marked && at - last.until < 1_000) last.until = at;
      else frames.push({ from: at, until: at, net, marked });
    };
    // What is read here is what the frame paints: the size of an element is observed after all that runs at the head of a
    // frame and before the picture is made, whereas an animation frame of the measure would come before those of the page.
    const probe = document.createElement('div');
    probe.style.cssText = 'position:fixed;visibility:hidden;height:1px;width:1px';
    new ResizeObserver(sample).observe(probe);
    const frame = (): void => {
      requestAnimationFrame(frame);
      if (!probe.isConnected) document.documentElement.append(probe);
      probe.style.width = probe.style.width === '1px' ? '2px' : '1px';
      at = clock.stopped === null ? Date.now() : real() + clock.shiftMs;
    };
    requestAnimationFrame(frame);
    window.honesty = { frames, clock };
  });
}

declare global {
  interface Window {
    /** Hangs on the window of every page that is watched. */
    honesty: {
      readonly frames: readonly Painted[];
      readonly clock: { jumpAt: number; jumpMs: number; shiftMs: number; stopped: number | null };
    };
  }
}

export const paintedBy = (page: Page): Promise<readonly Painted[]> => page.evaluate(() => window.honesty.frames.map((one) => ({ ...one })));

/**
 * Sets the page's clock ahead, as if so much time had passed: at once, with the event by which a browser wakes a page whose
 * machine slept, or after `inMs` without any event.
 */
export const jump = (page: Page, ms: number, inMs = 0): Promise<Jump> =>
  page.evaluate(
    ([by, delay]) => {
      const { clock } = window.honesty;
      const at = Date.now() - clock.shiftMs + delay;
      Object.assign(clock, { jumpAt: at, jumpMs: by });
      if (delay === 0) document.dispatchEvent(new Event('visibilitychange'));
      return { at, ms: by };
    },
    [ms, inMs] as const,
  );

/** Stops both clocks of the page: it never learns that its server is silent. */
export const stopClocks = (page: Page): Promise<unknown> =>
  page.evaluate(() => Object.assign(window.honesty.clock, { stopped: Date.now() }));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export const stateHash = (state: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(state)))
    .digest('hex');

/** What the page holds of a view: read from the store its components are drawn from, wherever React keeps it. */
export function heldByPage(page: Page, view: string): Promise<{ state: unknown; revision: number | null }> {
  return page.evaluate((name) => {
    interface Fiber {
      readonly memoizedProps: { readonly value?: { readonly getState?: () => unknown } } | null;
      readonly child: Fiber | null;
      readonly sibling: Fiber | null;
    }
    interface Store {
      readonly views: Readonly<Record<string, unknown>>;
      readonly positions: Readonly<Record<string, { readonly revision: number }>>;
    }
    const root = [...document.querySelectorAll('*')].find((node) => Object.keys(node).some((key) => key.startsWith('__reactContainer$')));
    const key = Object.keys(root ?? {}).find((one) => one.startsWith('__reactContainer$')) ?? '';
    const open: Fiber[] = [Reflect.get(root ?? {}, key) as Fiber];
    for (let fiber = open.pop(); fiber; fiber = open.pop()) {
      const store = fiber.memoizedProps?.value?.getState?.() as Store | undefined;
      if (store?.views) return { state: store.views[name], revision: store.positions[name]?.revision ?? null };
      for (const next of [fiber.sibling, fiber.child]) if (next) open.push(next);
    }
    throw new Error('the page has no store');
  }, view);
}
