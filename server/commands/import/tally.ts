/** Counts what became of the items sent and keeps the first few that need a look. */
import type { ItemResult } from '../../../shared/events/outcomes.ts';

export interface Trouble {
  readonly file: string;
  readonly place: string;
  readonly result: ItemResult;
}
const SHOWN = 10;

export class Tally {
  readonly counts: Record<ItemResult['outcome'], number> = { accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 };
  readonly troubles: Trouble[] = [];

  add(file: string, place: string, result: ItemResult): void {
    this.counts[result.outcome] += 1;
    const good = result.outcome === 'accepted' || result.outcome === 'duplicate';
    if (!good && this.troubles.length < SHOWN) this.troubles.push({ file, place, result });
  }

  get total(): number {
    const { accepted, duplicate, quarantined, rejected } = this.counts;
    return accepted + duplicate + quarantined + rejected;
  }

  /** One line a trouble: where it is, what was done with it and why. */
  troubleLines(): string[] {
    const lines = this.troubles.map(({ file, place, result }) => {
      const at = result.path ? ` at ${result.path}` : '';
      return `  ${file}, ${place}: ${result.outcome} ${result.code ?? ''}${at}${result.message ? ` (${result.message})` : ''}`;
    });
    const more = this.counts.quarantined + this.counts.rejected - this.troubles.length;
    return more > 0 ? [...lines, `  and ${number(more)} more`] : lines;
  }
}

export function number(n: number): string {
  return n.toLocaleString('en-US');
}
