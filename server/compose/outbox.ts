/** Messages on their way out of a workspace: the dispatcher with its channels. The demo workspace only simulates deliveries. */
import { systemRandom } from '../adapters/system/random.ts';
import { roster as rosterSchema } from '../../shared/incidents/roster.ts';
import { createDispatcher, type Dispatcher } from '../pipeline/outbox/dispatcher.ts';
import type { ChannelSender } from '../pipeline/ports/channels.ts';
import type { Commit } from '../pipeline/ports/commit.ts';
import type { Problems } from '../pipeline/ports/problems.ts';
import type { StoreReads } from '../pipeline/ports/reads.ts';
import type { Channels } from './channels.ts';
import type { Foundation } from './foundation.ts';

interface Parts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly problems: Problems;
  readonly channels: Pick<Channels, 'book' | 'sender' | 'ackLinks'>;
  readonly earliestNow: () => number | null;
  readonly demo: boolean;
}

/** A roster that takes effect later is noticed this late at most. */
const ROSTER_KEPT_MS = 3_600_000;

/** Takes everything and sends nothing. */
const simulated = (sender: ChannelSender): ChannelSender => ({
  send: async () => ({ ok: true, status: null, said: 'simulated: the demo workspace sends nothing outside' }),
  quotaOf: () => ({ perMinute: 10_000 }),
  fits: (channel, items) => sender.fits(channel, items),
});

/** The address people use; null where the server listens on a port that is chosen at the start. */
function originOf({ config: { publicUrl, host, port } }: Foundation): string | null {
  return publicUrl ?? (port === 0 ? null : `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}

export function composeOutbox(foundation: Foundation, { reads, commit, problems, channels, earliestNow, demo }: Parts): Dispatcher {
  const { clock, timers, logger, metrics } = foundation;
  const { book, ackLinks } = channels;
  const origin = originOf(foundation);
  let kept: { readonly at: number; readonly named: readonly string[] } | null = null;

  /** Channels that contacts of the roster in force name. */
  async function namedByRoster(): Promise<readonly string[]> {
    if (kept !== null && clock.monotonic() - kept.at < ROSTER_KEPT_MS) return kept.named;
    const now = clock.now();
    const versions = (await reads.policyHistory('roster')).filter(({ effectiveFrom }) => effectiveFrom <= now);
    const inForce = versions.reduce<(typeof versions)[number] | undefined>(
      (last, row) => (last && last.version > row.version ? last : row),
      undefined,
    );
    const read = rosterSchema.safeParse(inForce?.value);
    const named = read.success ? read.data.people.flatMap(({ contacts }) => contacts.map(({ channel }) => channel)) : [];
    kept = { at: clock.monotonic(), named };
    return named;
  }

  const dispatcher = createDispatcher({
    ...{ commit, reads, book, clock, timers, problems, metrics, logger, random: systemRandom },
    sender: demo ? simulated(channels.sender) : channels.sender,
    links({ incidentId, step, person, isDigest }, now) {
      if (origin === null) return { link: null, ackLink: null };
      if (incidentId === null && step === 'roster_gap') return { link: `${origin}/settings/roster`, ackLink: null };
      if (incidentId === null) return { link: isDigest ? `${origin}/incidents` : origin, ackLink: null };
      return {
        link: `${origin}/incidents/${encodeURIComponent(incidentId)}`,
        ackLink: person === null ? null : `${origin}${ackLinks.pathOf(incidentId, person, now)}`,
      };
    },
    async reachable() {
      const there = new Set((await book.all()).filter(({ enabled }) => enabled).map(({ id }) => id));
      return there.size > 0 && (await namedByRoster()).some((channel) => there.has(channel));
    },
    // A message that seems to have waited for days is not given up while that may be a step of the clock.
    clockAheadMs() {
      const earliest = earliestNow();
      return earliest === null ? null : Math.max(0, clock.now() - earliest);
    },
  });
  return {
    ...dispatcher,
    onCommit(touched) {
      if (touched.includes('policies')) kept = null;
      dispatcher.onCommit(touched);
    },
  };
}
