/** GET and PUT /api/channels, test sends, and browsers that ask to be told. Addresses and secrets are sealed before they are stored. */
import {
  CHANGES_TOLD,
  type ChannelChange,
  type ChannelDocument,
  type ChannelsDocument,
  type ChannelList,
  type ChannelView,
} from '../../../shared/incidents/channels.ts';
import type { SealedChannel } from '../ports/channel-store.ts';
import type { ChannelChecks, ChannelSender, OutgoingAlert, StoredChannel } from '../ports/channels.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { SecretBox } from '../ports/secrets.ts';
import { type ReadChannel, sealedChannel, type StoredChannels } from './channel-book.ts';
import { refuseUsedChannels } from './roster-contacts.ts';
import type { ChannelService } from './services.ts';

export interface ChannelServiceParts {
  readonly book: StoredChannels;
  readonly reads: Pick<StoreReads, 'channelChanges' | 'channelListVersion'>;
  readonly box: SecretBox;
  readonly commit: Commit;
  readonly clock: ClockPort;
  readonly sender: ChannelSender;
  readonly checks: ChannelChecks;
  readonly newId: () => string;
  /** Page of the settings, for the link of a test message. */
  readonly settingsLink: string | null;
  /** The demo workspace sends nothing. */
  readonly demo: boolean;
}

export function createChannelService(parts: ChannelServiceParts): ChannelService {
  const { book, reads, box, commit, clock, sender, checks, newId } = parts;

  async function list(): Promise<ChannelList> {
    const [{ version, channels }, history] = await Promise.all([book.read(), reads.channelChanges(CHANGES_TOLD)]);
    return { version, channels: channels.map(viewOf), history };
  }

  /** What somebody set in the meantime is not overwritten by whoever has not seen it. */
  async function changedMeanwhile(): Promise<Refusal> {
    book.forget();
    const present = await list();
    const by = present.history[0]?.owner ?? 'somebody';
    const detail = `${by} has set version ${present.version} in the meantime; nothing was set`;
    return refuse(409, 'changed_meanwhile', detail, { path: 'basedOn', present });
  }

  /**
   * Resolves to `outdated` when the list is not the one the change was made from, and to `moved` when somebody changed it
   * while this one was worked out: what this one keeps would be out of date.
   */
  async function change(document: ChannelsDocument): Promise<Refusal | 'outdated' | 'moved' | undefined> {
    const { channels, owner = null, reason = null, basedOn } = document;
    const { version, channels: standing } = await book.read();
    const stored = new Map(standing.map((entry) => [entry.row.id, entry]));
    const rows: SealedChannel[] = [];
    const changes: ChannelChange[] = [];
    for (const [index, channel] of channels.entries()) {
      const before = stored.get(channel.id);
      const row = rowOf(channel, before, `channels[${index}]`);
      if ('refused' in row) return row;
      if (rows.some(({ id }) => id === row.id)) {
        return refuse(422, 'id_twice', `there are two channels with the id ${row.id}`, { path: `channels[${index}].id` });
      }
      rows.push(row);
      changes.push(...changesOf(before, channel).map((what) => ({ id: row.id, what })));
    }
    const kept = new Set(rows.map(({ id }) => id));
    const removed = new Set([...stored.keys()].filter((id) => !kept.has(id)));
    changes.push(...[...removed].map((id): ChannelChange => ({ id, what: 'removed' })));
    return commit(async (tx, _touch, at) => {
      // No other write comes between this look and the commit.
      const present = await reads.channelListVersion();
      if (present !== version) return 'moved';
      if (basedOn !== undefined && present !== basedOn && changes.length > 0) return 'outdated';
      const refusal = await refuseUsedChannels(tx, removed);
      if (refusal) return refusal;
      await tx.putChannels(rows, at);
      if (changes.length > 0) await tx.putChannelChange({ at, owner, reason, changes });
      return undefined;
    });
  }

  return {
    list,
    async put(document) {
      for (;;) {
        const refused = await change(document);
        if (refused === 'outdated') return changedMeanwhile();
        book.forget();
        if (refused === 'moved') continue;
        return refused ?? list();
      }
    },
    async test(id, { address, person }) {
      const found = (await book.read()).channels.find(({ row }) => row.id === id);
      if (!found) return refuse(404, 'unknown_channel', 'there is no channel with this id');
      if (!found.channel)
        return refuse(409, 'secret_unreadable', 'the key this channel was stored with is missing: set address and secret again');
      if (parts.demo) return { ok: true, status: null, said: 'simulated: the demo workspace sends nothing outside' };
      const alert: OutgoingAlert = {
        idempotencyKey: `test ${id} ${newId()}`,
        incidentId: null,
        content: {
          ...{ reason: 'test', code: null, title: '', brand: null, grade: null, clock: null },
          ...{ dueAt: null, owner: null, why: null, generation: null },
        },
        link: parts.settingsLink,
        ackLink: null,
        now: clock.now(),
        address: address ?? null,
        person: person === undefined ? null : { id: person, name: person },
      };
      const { ok, status, said } = await sender.send(found.channel, alert);
      return { ok, status, said };
    },
  };

  function rowOf(document: ChannelDocument, stored: ReadChannel | undefined, path: string): SealedChannel | Refusal {
    const { id, kind, enabled } = document;
    const same = stored?.row.kind === kind ? stored : undefined;
    // What cannot be read can be kept as it is, until somebody sets it again.
    if (same && !same.channel && document.url === undefined && document.secret === undefined) return { ...same.row, enabled };
    const before = same?.channel;
    const url = document.url === undefined ? (before?.url ?? null) : document.url;
    const secret = document.secret === undefined ? (before?.secret ?? null) : document.secret;
    const movedWithSecret =
      document.secret === undefined && secret !== null && before !== undefined && shownUrl(url) !== shownUrl(before.url);
    // Whoever may set addresses must not thereby learn a secret that was set for another host.
    if (movedWithSecret) {
      return refuse(422, 'secret_again', 'the address leads to another host: give the secret again, or null for none', {
        path: `${path}.secret`,
      });
    }
    const channel: StoredChannel = { id, kind, enabled, url, secret, options: document.options ?? before?.options ?? {} };
    const fault = checks.check(channel);
    if (fault) return refuse(422, 'invalid_channel', fault.detail, { path: `${path}.${fault.path}` });
    return { id, kind, enabled, sealed: sealedChannel(box, channel) };
  }
}

/** What saving this document changes about a channel; an address or secret written anew counts where it differs or cannot be compared. */
function changesOf(
  before: ReadChannel | undefined,
  { kind, enabled, url, secret, options }: ChannelDocument,
): readonly ChannelChange['what'][] {
  if (before === undefined) return ['added'];
  if (before.row.kind !== kind) return ['kind'];
  const { channel } = before;
  const changes: ChannelChange['what'][] = [];
  if (before.row.enabled !== enabled) changes.push(enabled ? 'enabled' : 'disabled');
  if (url !== undefined && url !== channel?.url) changes.push(url === null ? 'urlRemoved' : 'url');
  if (secret !== undefined && secret !== channel?.secret) changes.push(secret === null ? 'secretRemoved' : 'secret');
  if (options !== undefined && channel !== undefined && !sameOptions(options, channel.options)) changes.push('options');
  return changes;
}

function sameOptions(a: ChannelView['options'], b: ChannelView['options']): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => a[key] === b[key]);
}

/** Scheme and host of an address. The URL class is not known in here, and an address was checked before it was stored. */
function shownUrl(url: string | null): string | null {
  return url === null ? null : (/^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? null);
}

function viewOf({ row, kind, channel }: ReadChannel): ChannelView {
  const { id, enabled } = row;
  if (!channel) return { id, kind, enabled, urlSet: true, urlShown: null, secretSet: true, options: {}, readable: false };
  const { url, secret, options } = channel;
  return { id, kind, enabled, urlSet: url !== null, urlShown: shownUrl(url), secretSet: secret !== null, options, readable: true };
}
