/** Lets work begin while the bytes under work stay within a bound, in the order it came. Work larger than the bound goes alone. */
export interface ByteGate {
  /** Resolves when `bytes` may be worked on; the function gives them back. */
  enter(bytes: number): Promise<() => void>;
}

export function createByteGate(most: number): ByteGate {
  let under = 0;
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  const fits = (bytes: number): boolean => under === 0 || under + bytes <= most;

  function leave(bytes: number): void {
    under -= bytes;
    for (let next = waiting[0]; next && fits(next.bytes); next = waiting[0]) {
      waiting.shift();
      under += next.bytes;
      next.go();
    }
  }

  return {
    async enter(bytes) {
      if (waiting.length === 0 && fits(bytes)) under += bytes;
      else await new Promise<void>((go) => void waiting.push({ bytes, go }));
      return () => leave(bytes);
    },
  };
}
