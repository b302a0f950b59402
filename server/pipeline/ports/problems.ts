/** What is wrong right now, by code: parts raise and clear, every heartbeat carries the list to the screens. */
export interface Problems {
  /** Starts or keeps a problem; `source` lets two parts hold the same code without clearing each other's. */
  raise(code: string, source: string): void;
  clear(code: string, source: string): void;
  /** Codes, sorted, each once. */
  list(): readonly string[];
}

/** Holds a problem for as long as the work takes, whatever becomes of it. */
export async function whileRaised<T>(problems: Problems, code: string, source: string, work: () => Promise<T>): Promise<T> {
  problems.raise(code, source);
  try {
    return await work();
  } finally {
    problems.clear(code, source);
  }
}

export function createProblems(): Problems {
  const raised = new Map<string, Set<string>>();
  return {
    raise(code, source) {
      const sources = raised.get(code);
      if (sources === undefined) raised.set(code, new Set([source]));
      else sources.add(source);
    },
    clear(code, source) {
      const sources = raised.get(code);
      if (sources?.delete(source) && sources.size === 0) raised.delete(code);
    },
    list: () => [...raised.keys()].sort(),
  };
}
