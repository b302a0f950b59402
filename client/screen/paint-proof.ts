/**
 * The proof that this page paints [SC1]. What is reported is taken in an animation frame, and only in one that follows a frame
 * in which the revision stood in the page: a timer asks for the proof, and where the browser paints nothing none is given.
 */

/** What stands in the page at this moment. */
export interface Standing<P> {
  readonly positions: P;
  readonly red: readonly string[];
}

export interface Proof<P> extends Standing<P> {
  /** When the frame was painted. */
  readonly paintedAt: number;
}

export interface ProofParts<P> {
  /** `requestAnimationFrame`. */
  readonly frame: (run: () => void) => void;
  /** Reads what React has committed; null before there is anything. */
  readonly standing: () => Standing<P> | null;
  readonly now: () => number;
  readonly hidden: () => boolean;
  readonly send: (proof: Proof<P>) => void;
}

export interface PaintProof {
  /** Asks the browser for a proof; it is sent when two frames were painted. */
  ask(): void;
  /** Asks for a proof at once where a red story stands in the page that none was given for. */
  askIfRed(): void;
}

export function createPaintProof<P>({ frame, standing, now, hidden, send }: ProofParts<P>): PaintProof {
  let asked = false;
  const proven = new Set<string>();

  function ask(): void {
    if (asked || hidden()) return;
    asked = true;
    frame(() => {
      const stood = standing();
      // What stood in the page before a frame is in the picture when the next frame begins.
      frame(() => {
        asked = false;
        if (stood === null || hidden()) return;
        for (const id of proven) if (!stood.red.includes(id)) proven.delete(id);
        for (const id of stood.red) proven.add(id);
        send({ ...stood, paintedAt: now() });
      });
    });
  }

  return {
    ask,
    askIfRed() {
      const red = standing()?.red ?? [];
      if (red.some((id) => !proven.has(id))) ask();
    },
  };
}
