/** What is wrong right now, by code: parts raise and clear, every heartbeat carries the list to the screens. */
export interface Problems {
  /** Starts or keeps a problem; `source` lets two parts hold the same code without clearing each other's. */
  raise(code: string, source: string): void;
  clear(code: string, source: string): void;
  /** Codes, sorted, each once. */
  list(): readonly string[];
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
