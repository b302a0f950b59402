/** Answers that were begun: kept in this browser at once and on the server soon, so that another device finds them. */

export interface Draft {
  readonly text: string;
  readonly links: readonly string[];
  /** When it was last written, UTC ms. */
  readonly at: number;
}

export const emptyDraft: Draft = { text: '', links: [], at: 0 };
export const isEmpty = ({ text, links }: Draft): boolean => text.trim() === '' && links.length === 0;
export const sameDraft = (a: Draft, b: Draft): boolean => a.text === b.text && a.links.join('\n') === b.links.join('\n');

const key = (id: string): string => `warroom.draft.${id}`;

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { text, links, at }: { text?: unknown; links?: unknown; at?: unknown } = value;
  return typeof text === 'string' && typeof at === 'number' && Array.isArray(links) && links.every((one) => typeof one === 'string');
}

export function readDraft(id: string): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(id)) ?? 'null');
    return isDraft(kept) ? kept : emptyDraft;
  } catch {
    // The browser may forbid storage; the draft then lives as long as the page, and on the server.
    return emptyDraft;
  }
}

export function keepDraft(id: string, draft: Draft): void {
  try {
    if (isEmpty(draft)) localStorage.removeItem(key(id));
    else localStorage.setItem(key(id), JSON.stringify(draft));
  } catch {
    // See above.
  }
}

/**
 * What to show when the server has a draft too. The later one wins by its time; while a person is writing here, the other
 * one is only offered.
 */
export function joined(here: Draft, there: Draft | null, writing: boolean): 'here' | 'there' | 'offer' {
  if (there === null || isEmpty(there) || sameDraft(here, there) || there.at <= here.at) return 'here';
  return writing && !isEmpty(here) ? 'offer' : 'there';
}
