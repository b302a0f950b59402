/** Arranges a roster once for as long as it and the channels that messages can leave by stay the same. */
import type { Roster } from '../../../shared/incidents/roster.ts';
import { usableChannels } from './contact-channels.ts';
import { rosterBook, type RosterBook } from './roster.ts';

type Channels = Parameters<typeof usableChannels>[0];

export function rememberedBook(): (roster: Roster, channels: Channels) => RosterBook {
  const books = new WeakMap<Roster, { readonly usable: string; readonly book: RosterBook }>();
  return (roster, channels) => {
    const usable = usableChannels(channels);
    const name = usable.join(' ');
    const known = books.get(roster);
    if (known?.usable === name) return known.book;
    const book = rosterBook(roster, usable);
    books.set(roster, { usable: name, book });
    return book;
  };
}
