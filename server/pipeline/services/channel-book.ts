/** Channels as they are stored, opened: read once and kept in memory until they change. */
import * as z from 'zod';
import { channelKinds, channelView } from '../../../shared/incidents/channels.ts';
import type { ChannelRow } from '../ports/channel-store.ts';
import type { ChannelBook, ChannelKind, StoredChannel } from '../ports/channels.ts';
import type { Problems } from '../ports/problems.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { SecretBox } from '../ports/secrets.ts';

export interface ReadChannel {
  readonly row: ChannelRow;
  readonly kind: ChannelKind;
  /** undefined when the key it was sealed with is missing. */
  readonly channel: StoredChannel | undefined;
}
/** The list as it stood at a version of it or, where it is being changed, after that. */
export interface ReadList {
  readonly version: number;
  readonly channels: readonly ReadChannel[];
}
export interface StoredChannels extends ChannelBook {
  /** Those that cannot be opened too. */
  read(): Promise<ReadList>;
  /** After a change: the next question reads again. */
  forget(): void;
}

const sealedFields = z.object({ url: z.string().nullable(), secret: z.string().nullable(), options: channelView.unwrap().shape.options });
const placeOf = (id: string, kind: string): string => `channel ${id} ${kind}`;

export function sealedChannel(box: SecretBox, { id, kind, url, secret, options }: StoredChannel): string {
  return box.seal(JSON.stringify({ url, secret, options }), placeOf(id, kind));
}

export function createChannelBook(parts: {
  readonly reads: Pick<StoreReads, 'channels' | 'channelListVersion'>;
  readonly box: SecretBox;
  readonly problems: Problems;
}): StoredChannels {
  const { reads, box, problems } = parts;
  let kept: Promise<ReadList> | null = null;

  function opened(row: ChannelRow): ReadChannel[] {
    const kind = channelKinds.find((known) => known === row.kind);
    if (kind === undefined) return [];
    const text = box.open(row.sealed, placeOf(row.id, row.kind));
    if (text === undefined) return [{ row, kind, channel: undefined }];
    return [{ row, kind, channel: { id: row.id, kind, enabled: row.enabled, ...sealedFields.parse(JSON.parse(text)) } }];
  }

  async function load(): Promise<ReadList> {
    // Read before the list: what is made from a list that is newer than its version is refused at worst.
    const version = await reads.channelListVersion();
    const all = (await reads.channels()).flatMap(opened);
    if (all.some(({ channel }) => channel === undefined)) problems.raise('secrets_unreadable', 'channels');
    else problems.clear('secrets_unreadable', 'channels');
    return { version, channels: all };
  }

  function read(): Promise<ReadList> {
    if (kept) return kept;
    const reading = load();
    kept = reading;
    // A failed reading is not kept: whoever waits for it is told, and the next one reads again.
    reading.catch(() => {
      if (kept === reading) kept = null;
    });
    return reading;
  }

  return {
    read,
    all: async () => (await read()).channels.flatMap(({ channel }) => (channel ? [channel] : [])),
    forget() {
      kept = null;
    },
  };
}
