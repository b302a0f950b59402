/**
 * Tells a stepped wall clock from time that passed [T8], over restarts, in both directions.
 *
 * A _stretch_ is a time during which wall and elapsed time ran alike. A step forward begins a stretch that is ahead of
 * the one before. A step back to an earlier stretch proves that the ones after it were wrong; a step back to anywhere
 * else leaves open which side is wrong, but not that a duration in elapsed time stays what it was. Either way the stamps
 * made in what was left are moved by the step. Elapsed time is comparable within one boot of the machine only.
 */
const NOTABLE_STEP_MS = 5_000;
/** A step worth a correction; less is drift, and is followed without a word. */
export const STEP_MS = 60_000;
/** How long what is due only by a step forward waits for a second opinion. */
const HOLD_MS = 5 * 60_000;

/** A step forward older than this was right: a step back says nothing about the rows written since. */
const RECENT_MS = 7 * 86_400_000;

/** Clocks that were left and are remembered. */
const LEFT_KEPT = 4;

export interface Reading {
  /** Wall clock, UTC ms. */
  readonly wall: number;
  /** ms since the machine started, sleep included. */
  readonly elapsed: number;
  /** Names the boot that `elapsed` counts from; null where the machine does not tell. */
  readonly boot: string | null;
}

interface Stretch {
  /** Wall minus elapsed, ms. */
  readonly offset: number;
  /** Stamps from here on were made in it (until those of the next). */
  readonly since: number;
}

/** What has to survive a restart. Plain JSON. */
export interface ClockState {
  readonly last: Reading;
  /** Of this boot, each ahead of the one before. Never empty. */
  readonly stretches: readonly [Stretch, ...Stretch[]];
  /** Elapsed time since which the newest stretch waits for a second opinion, and how far it is ahead of what is believed. */
  readonly held: { readonly since: number; readonly ahead: number } | null;
  /** How far the clock was set back without a reason we know, ms; 'unknown' when it was so from the first reading of a boot. */
  readonly setBack: number | 'unknown';
  /**
   * Clocks that steps forward have left because they seemed to set it right, the newest first: wall minus elapsed, and when
   * by elapsed time. Absent before the first one.
   */
  readonly left?: readonly { readonly offset: number; readonly at: number }[];
  /** The newest stamp a row of ours may carry. */
  readonly newest: number;
}

/** Stamps in [since, until) move by `by` ms. */
interface Part {
  readonly since: number;
  readonly until: number;
  readonly by: number;
}
/** What a step says about stamps made before it. */
export interface Correction {
  /** In order of `since`. */
  readonly parts: readonly Part[];
  /** Rows with a stamp from here on are wrong for sure, also where no deadline runs. */
  readonly wrongFrom: number;
}

export interface ClockReading {
  readonly state: ClockState;
  /** Deadlines up to here may fire now; never after the wall [T2]. */
  readonly trusted: number;
  /** Size of a notable step since the last reading, else null. */
  readonly step: number | null;
  readonly correction: Correction | null;
  /** Whether elapsed time could be compared with that of the reading before; else nothing is known of what lies between. */
  readonly isComparable: boolean;
}

/** The stamp as it should have been made. */
export function correctedStamp({ parts }: Correction, stamp: number): number {
  const part = parts.findLast(({ since }) => since <= stamp);
  return part && stamp < part.until ? stamp + part.by : stamp;
}

/**
 * What steps back to the clocks before would say about the stamps made since: corrections that may still come. A step
 * forward older than a week was right.
 */
export function possibleCorrections(state: ClockState): readonly Correction[] {
  const { stretches, last, left = [] } = state;
  const { offset: present, since } = top(state);
  const backToLeft = left
    .filter(({ at }) => last.elapsed - at < RECENT_MS)
    .map(({ offset }): Correction => ({ parts: [{ since, until: Infinity, by: offset - present }], wrongFrom: since }));
  const backToStretch = stretches.flatMap(({ offset }, i): readonly Correction[] => {
    const later = stretches.slice(i + 1);
    const first = later[0];
    if (first === undefined || last.wall - first.since >= RECENT_MS) return [];
    const parts = later.map((stretch): Part => ({ since: stretch.since, until: Infinity, by: offset - stretch.offset }));
    return [{ parts, wrongFrom: first.since }];
  });
  return [...backToStretch, ...backToLeft];
}

/** How far the wall lies behind the newest row of the store, ms; 0 while that is less than a step. */
export function behindStore({ newest, last }: ClockState): number {
  const behind = newest - last.wall;
  return behind >= STEP_MS ? behind : 0;
}

/** @param newestRow the newest stamp found in the store, where it was looked up */
export function readClock(before: ClockState | null, now: Reading, newestRow = -Infinity): ClockReading {
  const comparable = before !== null && before.last.boot !== null && before.last.boot === now.boot && before.last.elapsed <= now.elapsed;
  if (!comparable) return firstOfBoot(before, now, newestRow);
  const { last } = before;
  const step = now.wall - last.wall - (now.elapsed - last.elapsed);
  const known = { ...before, newest: Math.max(before.newest, newestRow) };
  const moved = step >= STEP_MS ? forward(known, now, step) : step <= -STEP_MS ? back(known, now, step) : drifted(known, now, step);
  return {
    ...settled(moved.state, now),
    step: Math.abs(step) >= NOTABLE_STEP_MS ? step : null,
    correction: moved.correction,
    isComparable: true,
  };
}

type Moved = Pick<ClockReading, 'state' | 'correction'>;

/** Nothing is known of the time between: what is overdue fires at once [T3], and a step back will correct it. */
function firstOfBoot(before: ClockState | null, now: Reading, newestRow: number): ClockReading {
  const newest = Math.max(before?.newest ?? -Infinity, newestRow, now.wall);
  const setBack = newest - now.wall >= STEP_MS ? 'unknown' : 0;
  const stretches = [{ offset: now.wall - now.elapsed, since: now.wall }] as const;
  return {
    state: { last: now, stretches, held: null, setBack, newest },
    trusted: now.wall,
    step: null,
    correction: null,
    isComparable: false,
  };
}

function top({ stretches }: ClockState): Stretch {
  return stretches.at(-1) ?? stretches[0];
}

function withTop({ stretches }: ClockState, stretch: Stretch): ClockState['stretches'] {
  const [first, ...more] = stretches;
  return more.length === 0 ? [stretch] : [first, ...more.slice(0, -1), stretch];
}

function drifted(state: ClockState, now: Reading, step: number): Moved {
  const { offset, since } = top(state);
  return { state: { ...state, last: now, stretches: withTop(state, { offset: offset + step, since }) }, correction: null };
}

/** No stamp made before a step forward lies beyond this, and none made after it lies before. Uptimes are rounded a little. */
const border = (last: Reading, step: number): number => last.wall + step - 1_000;

/** A clock that was set back and goes forward again is set right first: what was stamped meanwhile moves with it. */
function forward(state: ClockState, now: Reading, step: number): Moved {
  const { setBack, last } = state;
  const rest = setBack === 'unknown' ? 0 : Math.max(0, step - setBack);
  if (setBack === 0) return { state: begun({ ...state, last: now }, now, step, border(last, step)), correction: null };
  const undone = rest >= STEP_MS ? step - rest : step;
  const { offset, since } = top(state);
  const still = setBack === 'unknown' ? 0 : setBack - undone;
  const stretches = withTop(state, { offset: offset + undone, since: since + undone });
  const left = [{ offset, at: now.elapsed }, ...(state.left ?? [])].slice(0, LEFT_KEPT);
  const right: ClockState = { ...state, last: now, stretches, left, setBack: still >= STEP_MS ? still : 0 };
  const correction = { parts: [{ since, until: border(last, step), by: undone }], wrongFrom: Infinity };
  if (rest < STEP_MS) return { state: right, correction };
  return { state: begun(right, now, rest, border(last, step)), correction };
}

/** A stretch that is `step` ahead, and waits for a second opinion. */
function begun(state: ClockState, now: Reading, step: number, since: number): ClockState {
  const held = { since: state.held?.since ?? now.elapsed, ahead: (state.held?.ahead ?? 0) + step };
  const [first, ...more] = state.stretches;
  return { ...state, stretches: [first, ...more, { offset: top(state).offset + step, since }], held };
}

function back(state: ClockState, now: Reading, step: number): Moved {
  const offset = top(state).offset + step;
  const left = state.stretches.filter((stretch) => stretch.offset >= offset + STEP_MS / 2);
  const kept = state.stretches.slice(0, state.stretches.length - left.length);
  const parts = left.map(({ since, offset: wrong }): Part => ({ since, until: Infinity, by: offset - wrong }));
  const onto = kept.at(-1);
  const lowest = parts[0];
  const aheadLeft = state.held ? Math.max(0, state.held.ahead + step) : 0;
  const held = state.held && aheadLeft >= STEP_MS ? { since: state.held.since, ahead: aheadLeft } : null;
  if (onto && offset - onto.offset < STEP_MS) {
    const [first, ...more] = kept;
    const stretches: ClockState['stretches'] =
      first === undefined || more.length === 0
        ? [{ offset, since: onto.since }]
        : [first, ...more.slice(0, -1), { offset, since: onto.since }];
    const correction = { parts, wrongFrom: lowest?.since ?? Infinity };
    // The rows of the wrong stretches are explained, so they no longer say that our clock is behind.
    const newest = Math.max(now.wall, correctedStamp(correction, state.newest));
    return { state: { ...state, last: now, stretches, held, newest }, correction };
  }
  const onward = { offset, since: (lowest?.since ?? now.wall) + (lowest?.by ?? 0) };
  const [first, ...more] = kept;
  const stretches: ClockState['stretches'] = first === undefined ? [onward] : [first, ...more, onward];
  if (onto && lowest && now.wall - lowest.since < RECENT_MS) {
    const correction = { parts, wrongFrom: lowest.since };
    const newest = Math.max(now.wall, correctedStamp(correction, state.newest));
    return { state: { ...state, last: now, stretches, held, newest }, correction };
  }
  // Whichever side is wrong, this began nobody knows when: only what runs, and what now lies in the future, is touched.
  const setBack = state.setBack === 'unknown' ? 'unknown' : state.setBack - step;
  return { state: { ...state, last: now, stretches, held, setBack }, correction: { parts, wrongFrom: now.wall + 1 } };
}

/** Ends what has waited long enough, and follows the wall with the newest stamp. */
function settled(state: ClockState, now: Reading): Pick<ClockReading, 'state' | 'trusted'> {
  const held = state.held && now.elapsed - state.held.since < HOLD_MS ? state.held : null;
  const newest = Math.max(state.newest, now.wall);
  return { state: { ...state, held, newest }, trusted: now.wall - (held?.ahead ?? 0) };
}
