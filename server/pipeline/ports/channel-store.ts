/** What the store keeps of channels: addresses and secrets are sealed before they come here. */
import type { ChannelListChange } from '../../../shared/incidents/channels.ts';

export interface ChannelRow {
  readonly id: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly sealed: string;
  /** Whether there is a key for what is sealed: without one no message can leave by the channel. */
  readonly readable: boolean;
}
export type SealedChannel = Omit<ChannelRow, 'readable'>;
export interface PushRow {
  readonly id: string;
  readonly person: string;
  readonly sealed: string;
}
/** A link that acknowledges and was used. */
export interface AckUse {
  readonly link: string;
  readonly incidentId: string;
  readonly person: string;
  /** UTC ms. */
  readonly at: number;
}

export interface ChannelTx {
  /** In the order they were put. */
  channels(): Promise<readonly ChannelRow[]>;
  /** Replaces the list. */
  putChannels(rows: readonly SealedChannel[], at: number): Promise<void>;
  putChannelChange(change: ChannelListChange): Promise<void>;
  /** The same id replaces; of one person only the newest `keep` stay. */
  putPushSubscription(row: PushRow, at: number, keep: number): Promise<void>;
  removePushSubscription(id: string): Promise<void>;
  sealedValue(name: string): Promise<string | undefined>;
  putSealedValue(name: string, sealed: string): Promise<void>;
  /** False when the link was used before. */
  useAckLink(use: AckUse): Promise<boolean>;
}

export interface ChannelReads {
  channels(): Promise<readonly ChannelRow[]>;
  /** Rises with every change of the list; 0 before the first. */
  channelListVersion(): Promise<number>;
  /** Newest first. */
  channelChanges(limit: number): Promise<readonly ChannelListChange[]>;
  pushSubscriptions(people: readonly string[]): Promise<readonly PushRow[]>;
  ackUsed(link: string): Promise<boolean>;
}
