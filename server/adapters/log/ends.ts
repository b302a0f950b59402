/** Where each topic of the embedded log ends: asked once, then counted, because offsets are dense and this process is the only writer. */
import type { LogTables } from '../sqlite/log-tables.ts';

export class Ends {
  readonly #tables: LogTables;
  readonly #ends = new Map<string, number>();
  /** Appends that came before the end was known; the answer may or may not hold them. */
  readonly #unknown = new Set<string>();

  constructor(tables: LogTables) {
    this.#tables = tables;
  }

  grew(topic: string): void {
    const end = this.#ends.get(topic);
    if (end === undefined) this.#unknown.add(topic);
    else this.#ends.set(topic, end + 1);
  }

  /** Next offset to be given, as far as known here. */
  of(topic: string): number | undefined {
    return this.#ends.get(topic);
  }

  async learn(topic: string): Promise<number> {
    for (;;) {
      this.#ends.delete(topic);
      this.#unknown.delete(topic);
      const end = await this.#tables.end(topic);
      if (this.#unknown.has(topic)) continue;
      this.#ends.set(topic, end);
      return end;
    }
  }
}
