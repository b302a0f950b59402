/**
 * The processor time that the main thread of a page spends on each of its frames, from a trace of the browser. The time between
 * two frames by a clock counts beside it what other programs of the machine do meanwhile, and on a machine without a graphics
 * card what another process takes to draw the picture: with both cores busy an empty page has frames of 100 ms. A slower
 * processor is what the time is multiplied by, and not one that Chromium makes slow: it does so by keeping the thread busy by
 * the clock for three quarters of the time, which on a busy machine takes several times as much.
 */
import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** µs by a clock. */
  readonly ts: number;
  /** µs of processor time of the thread. */
  readonly tts?: number;
}

const FRAMES = 'disabled-by-default-devtools.timeline.frame';
const HEAD = 'BeginMainThreadFrame';

/** ms from the head of each frame of the page to the head of the next one while something happens. The page is in front, and asks for every frame. */
export async function frameTimes(browser: Browser, page: Page, happens: () => Promise<void>): Promise<readonly number[]> {
  const asking = await page.evaluateHandle(() => {
    const state = { ended: false };
    const ask = (): void => {
      if (!state.ended) requestAnimationFrame(ask);
    };
    ask();
    return state;
  });
  const session = await browser.newBrowserCDPSession();
  try {
    const heads: TraceEvent[] = [];
    session.on('Tracing.dataCollected', ({ value }) => {
      for (const event of value as readonly unknown[] as readonly TraceEvent[]) if (event.name === HEAD) heads.push(event);
    });
    await session.send('Tracing.start', { traceConfig: { includedCategories: [FRAMES], excludedCategories: ['*'] } });
    await happens();
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    await asking.evaluate((state) => {
      state.ended = true;
    });
    return spentBetween(heads);
  } finally {
    // Whatever ended the browser is the fault to tell.
    await session.detach().catch(() => undefined);
  }
}

/** Other pages of the browser may paint too; the one that asks for every frame has the most. */
function spentBetween(heads: readonly TraceEvent[]): readonly number[] {
  const threads = Map.groupBy(heads, ({ pid, tid }) => `${pid} ${tid}`);
  const own = [...threads.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  const spent = own
    .toSorted((a, b) => a.ts - b.ts)
    .flatMap(({ tts }, i, all) => {
      const next = all[i + 1]?.tts;
      return tts === undefined || next === undefined ? [] : [(next - tts) / 1_000];
    });
  if (spent.length < 2) throw new Error('the trace of the browser tells no processor time of frames');
  return spent;
}
