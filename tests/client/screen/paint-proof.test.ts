import { describe, expect, it } from 'vitest';
import { createPaintProof, type Proof, type Standing } from '../../../client/screen/paint-proof.ts';

/** A page whose frames and state the test moves. */
function page() {
  const frames: (() => void)[] = [];
  const sent: Proof<number>[] = [];
  const state = { standing: { positions: 1, red: [] } as Standing<number> | null, hidden: false, now: 100 };
  const proof = createPaintProof<number>({
    frame: (run) => frames.push(run),
    standing: () => state.standing,
    now: () => state.now,
    hidden: () => state.hidden,
    send: (given) => sent.push(given),
  });
  const frame = (): void => {
    for (const run of frames.splice(0)) run();
  };
  return { proof, state, sent, frame, frames };
}

describe('the proof that a page paints', () => {
  it('[SC1] is given when two frames were painted, with what stood in the page before the first', () => {
    const { proof, state, sent, frame } = page();
    proof.ask();
    expect(sent).toEqual([]);
    frame();
    state.standing = { positions: 2, red: [] };
    state.now = 116;
    frame();
    expect(sent).toEqual([{ positions: 1, red: [], paintedAt: 116 }]);
  });

  it('[SC1] is never given by a timer alone: where no frame comes, asking again gives nothing', () => {
    const { proof, sent, frames } = page();
    for (let i = 0; i < 100; i++) proof.ask();
    expect([sent.length, frames.length]).toEqual([0, 1]);
  });

  it('[SC1] is not given of a hidden page, nor before React has committed anything', () => {
    const { proof, state, sent, frame } = page();
    state.hidden = true;
    proof.ask();
    frame();
    frame();
    state.hidden = false;
    state.standing = null;
    proof.ask();
    frame();
    frame();
    state.standing = { positions: 1, red: [] };
    proof.ask();
    frame();
    state.hidden = true;
    frame();
    expect(sent).toEqual([]);
  });

  it('[SC2] is given at once for a red story that none was given for, and again once it comes back', () => {
    const { proof, state, sent, frame, frames } = page();
    state.standing = { positions: 1, red: ['a'] };
    proof.askIfRed();
    frame();
    frame();
    expect(sent.at(-1)?.red).toEqual(['a']);
    proof.askIfRed();
    expect(frames).toEqual([]);
    state.standing = { positions: 2, red: [] };
    proof.ask();
    frame();
    frame();
    state.standing = { positions: 3, red: ['a'] };
    proof.askIfRed();
    expect(frames).toHaveLength(1);
  });
});
