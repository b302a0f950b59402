/** Counts and bounds what is in flight between arrival and answer: bytes of bodies, bytes of answers, and requests [I13]. */
import { type ByteLimit, type HttpLimits, SMALL_BODY } from './limits.ts';

/** The bytes reserved for one body. */
export interface BodyShare {
  /**
   * Reserves `bytes` instead of the present share, for a body that turns out to be larger. False if that is beyond the
   * limit; the share then stays as it was.
   */
  grow(bytes: number): boolean;
  /** Returns the share. Safe to call twice. */
  release(): void;
}

export interface InFlight {
  /** Reserves bytes for a body; null if that is beyond the limit. */
  takeBody(address: string, bytes: number): BodyShare | null;
  /** Reserves bytes for an answer; null if that is beyond the limit. The returned function returns the bytes and is safe to call twice. */
  takeAnswer(bytes: number): (() => void) | null;
  /** Does the same for one request that is being handled. */
  takeRequest(): (() => void) | null;
}

export function createInFlight(limits: Pick<HttpLimits, 'bodies' | 'smallBodies' | 'answers' | 'requests'>): InFlight {
  const small = reserve(limits.smallBodies);
  const large = reserve(limits.bodies);
  const answers = counter(limits.answers);
  const requests = counter(limits.requests);

  return {
    takeBody(address, bytes) {
      let free = (bytes <= SMALL_BODY ? small : large)(address, bytes);
      if (!free) return null;
      return {
        grow(to) {
          const grown = large(address, to);
          if (!grown) return false;
          free?.();
          free = grown;
          return true;
        },
        release() {
          free?.();
          free = null;
        },
      };
    },
    takeAnswer: answers,
    takeRequest: () => requests(1),
  };
}

type Take = (amount: number) => (() => void) | null;

function counter(most: number): Take {
  let taken = 0;
  return (amount) => {
    if (taken + amount > most) return null;
    taken += amount;
    let returned = false;
    return () => {
      if (!returned) taken -= amount;
      returned = true;
    };
  };
}

function reserve({ all, perAddress }: ByteLimit): (address: string, bytes: number) => (() => void) | null {
  const whole = counter(all);
  const shares = new Map<string, number>();
  return (address, bytes) => {
    const present = shares.get(address) ?? 0;
    if (present + bytes > perAddress) return null;
    const free = whole(bytes);
    if (!free) return null;
    shares.set(address, present + bytes);
    let returned = false;
    return () => {
      if (returned) return;
      returned = true;
      free();
      const left = (shares.get(address) ?? 0) - bytes;
      if (left > 0) shares.set(address, left);
      else shares.delete(address);
    };
  };
}
