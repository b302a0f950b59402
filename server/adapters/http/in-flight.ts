/** What is under way between arrival and answer: bytes of bodies, bytes of answers, requests. Each is bounded [I13]. */
import { type HttpLimits, type Room, SMALL_BODY } from './limits.ts';

/** Room taken for one body. */
export interface BodyShare {
  /** Takes room for a body that turns out to be larger; false leaves it as it was. */
  grow(bytes: number): boolean;
  /** Safe to call twice. */
  release(): void;
}

export interface InFlight {
  /** Null when there is no room. */
  takeBody(address: string, bytes: number): BodyShare | null;
  /** Null when there is no room; the returned function gives it back and is safe to call twice. */
  takeAnswer(bytes: number): (() => void) | null;
  /** As `takeAnswer`, for one request that is worked on. */
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
    let given = false;
    return () => {
      if (!given) taken -= amount;
      given = true;
    };
  };
}

function reserve({ all, perAddress }: Room): (address: string, bytes: number) => (() => void) | null {
  const whole = counter(all);
  const shares = new Map<string, number>();
  return (address, bytes) => {
    const held = shares.get(address) ?? 0;
    if (held + bytes > perAddress) return null;
    const free = whole(bytes);
    if (!free) return null;
    shares.set(address, held + bytes);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      free();
      const left = (shares.get(address) ?? 0) - bytes;
      if (left > 0) shares.set(address, left);
      else shares.delete(address);
    };
  };
}
