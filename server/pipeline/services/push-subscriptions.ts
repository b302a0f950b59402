/** Browsers that asked to be told, and the keys that sign messages to them; both are sealed like addresses of channels. */
import * as z from 'zod';
import type { ChannelChecks, PushBook, PushKeys } from '../ports/channels.ts';
import type { Commit } from '../ports/commit.ts';
import { refuse } from '../ports/refusal.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { SecretBox } from '../ports/secrets.ts';
import type { PushService } from './services.ts';

export interface PushParts {
  readonly reads: Pick<StoreReads, 'pushSubscriptions'>;
  readonly commit: Commit;
  readonly box: SecretBox;
  readonly checks: Pick<ChannelChecks, 'checkEndpoint'>;
  readonly newKeys: () => Pick<PushKeys, 'publicKey' | 'privateKey'>;
  /** `https:` or `mailto:`, where a push service finds who sends. */
  readonly subject: string;
  /** Of an endpoint, which names the subscription. */
  readonly digest: (text: string) => string;
}

/** Browsers of one person; the oldest give way. */
const MOST_BROWSERS = 10;
const KEYS = 'push keys';
const keyFields = z.object({ publicKey: z.string(), privateKey: z.string() });
const subscriptionFields = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });
const placeOf = (id: string): string => `push ${id}`;

export function createPushSubscriptions(parts: PushParts): PushBook & PushService {
  const { reads, commit, box, checks, newKeys, subject, digest } = parts;
  let kept: Promise<PushKeys> | null = null;

  async function readOrMake(): Promise<PushKeys> {
    const found = await commit(async (tx) => {
      const sealed = await tx.sealedValue(KEYS);
      const text = sealed === undefined ? undefined : box.open(sealed, KEYS);
      if (text !== undefined) return keyFields.parse(JSON.parse(text));
      // Subscriptions made for keys that cannot be opened any more are sealed with the same key and as lost.
      const made = newKeys();
      await tx.putSealedValue(KEYS, box.seal(JSON.stringify(made), KEYS));
      return made;
    });
    return { subject, publicKey: found.publicKey, privateKey: found.privateKey };
  }

  function keys(): Promise<PushKeys> {
    if (kept) return kept;
    const reading = readOrMake();
    kept = reading;
    reading.catch(() => {
      if (kept === reading) kept = null;
    });
    return reading;
  }

  return {
    keys,
    publicKey: async () => ({ publicKey: (await keys()).publicKey }),
    async of(people) {
      const rows = await reads.pushSubscriptions(people);
      return rows.flatMap(({ id, person, sealed }) => {
        const text = box.open(sealed, placeOf(id));
        return text === undefined ? [] : [{ id, person, ...subscriptionFields.parse(JSON.parse(text)) }];
      });
    },
    forget: (id) => commit((tx) => tx.removePushSubscription(id)),
    async subscribe({ person, subscription }) {
      const { endpoint, keys: own } = subscription;
      const fault = checks.checkEndpoint(endpoint);
      if (fault !== null) return refuse(422, 'invalid_endpoint', `the address is refused: ${fault}`, { path: 'subscription.endpoint' });
      const id = digest(endpoint);
      const sealed = box.seal(JSON.stringify({ endpoint, p256dh: own.p256dh, auth: own.auth }), placeOf(id));
      await commit((tx, _touch, at) => tx.putPushSubscription({ id, person, sealed }, at, MOST_BROWSERS));
      return { id };
    },
  };
}
