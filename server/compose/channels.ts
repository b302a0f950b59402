/** How alerts leave a workspace: its channels, their sender, browsers that asked to be told, and links that acknowledge. */
import { systemResolve } from '../adapters/channels/destination.ts';
import { newPushKeys } from '../adapters/channels/push.ts';
import { createChannelChecks } from '../adapters/channels/registry.ts';
import { createChannelSender } from '../adapters/channels/sender.ts';
import { createAckLinks } from '../adapters/secrets/ack-links.ts';
import { createSecretBox } from '../adapters/secrets/secret-box.ts';
import { encodeUtf8 } from '../adapters/system/bytes.ts';
import { sha256 } from '../adapters/system/hash.ts';
import { randomId } from '../adapters/system/identity.ts';
import type { AckLinks, ChannelBook, ChannelSender } from '../pipeline/ports/channels.ts';
import type { Commit } from '../pipeline/ports/commit.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { Problems } from '../pipeline/ports/problems.ts';
import type { Store } from '../pipeline/ports/store.ts';
import { createAcknowledgeService } from '../pipeline/services/acknowledge.ts';
import { createChannelBook } from '../pipeline/services/channel-book.ts';
import { createChannelService } from '../pipeline/services/channels.ts';
import { createPushSubscriptions } from '../pipeline/services/push-subscriptions.ts';
import type { IncidentService, Services } from '../pipeline/services/services.ts';
import type { Foundation } from './foundation.ts';

export interface Channels {
  readonly book: ChannelBook;
  readonly sender: ChannelSender;
  readonly ackLinks: AckLinks;
  readonly services: Pick<Services, 'channels' | 'push' | 'acknowledge'>;
  /** Makes what a new workspace needs and looks whether every stored secret can be opened. */
  prepare(): Promise<void>;
}

interface Parts {
  readonly store: Pick<Store, 'reads' | 'storeId'>;
  readonly commit: Commit;
  readonly problems: Problems;
  readonly incidents: Pick<IncidentService, 'get' | 'command'>;
  readonly demo: boolean;
}

export function composeChannels(foundation: Foundation, { store, commit, problems, incidents, demo }: Parts): Channels {
  const { config, clock, logger, secretKeys, calendar } = foundation;
  const { reads } = store;
  const allow = new Set(config.channelAllow);
  const keys = secretKeys();
  const box = createSecretBox(keys);
  const checks = createChannelChecks(allow);
  const book = createChannelBook({ reads, box, problems });
  const subject = config.publicUrl?.startsWith('https:') ? config.publicUrl : 'mailto:warroom@example.com';
  const digest = (text: string) => sha256(encodeUtf8(text));
  const push = createPushSubscriptions({ reads, commit, box, checks, newKeys: newPushKeys, subject, digest });
  const sender = createChannelSender({
    ...{ clock, logger, push, allow, language: 'zh-CN', timeZone: calendar.timeZone, resolve: systemResolve },
  });
  const ackLinks = createAckLinks(keys, store.storeId);
  const origin = config.publicUrl;
  return {
    ...{ book, sender, ackLinks },
    services: {
      push,
      channels: createChannelService({
        ...{ book, reads, box, commit, clock, sender, checks, demo, newId: randomId },
        settingsLink: origin === null ? null : `${origin}/settings/channels`,
      }),
      acknowledge: createAcknowledgeService({ links: ackLinks, reads, commit, incidents }),
    },
    async prepare() {
      try {
        await push.keys();
        await book.all();
      } catch (error) {
        // A store that is full or away now is asked again when somebody needs what is in it.
        if (!(error instanceof Unavailable)) throw error;
      }
    },
  };
}
