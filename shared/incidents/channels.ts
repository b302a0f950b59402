/** Channels as people set them and see them; types follow from the schemas. Secrets go in and never come out. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';

export const channelKinds = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook', 'email', 'push'] as const;

const options = z.record(z.string().max(40), z.union([z.string().max(2_000), z.number(), z.boolean()])).readonly();
export type ChannelOptions = z.infer<typeof options>;

export const channelDocument = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/, 'an id is 1 to 80 letters, digits, “.”, “_” or “-”')
    .meta({ description: 'Named by contacts of the roster' }),
  kind: z.enum(channelKinds),
  url: characters(1, 2_000).nullable().optional().meta({ description: 'Absent keeps what is stored, null removes it' }),
  secret: characters(1, 2_000).nullable().optional().meta({ description: 'Absent keeps what is stored, null removes it; never read back' }),
  options: options.optional().meta({ description: 'By kind; absent keeps what is stored' }),
  enabled: z.boolean(),
});
export type ChannelDocument = z.infer<typeof channelDocument>;
export const channelsDocument = z.object({
  channels: z.array(channelDocument).max(50).readonly(),
  owner: typed(80).optional().meta({ description: 'Who changes the list, for its history' }),
  reason: typed(2_000).optional().meta({ description: 'Why, for its history' }),
  basedOn: z.int().min(0).optional().meta({
    description: 'The version the change was made from: where another one stands by now nothing is set (409 `changed_meanwhile`)',
  }),
});
export type ChannelsDocument = z.infer<typeof channelsDocument>;

/** What may change about one channel. Neither addresses nor secrets are told. */
export const channelChangeKinds = [
  'added',
  'removed',
  'kind',
  'enabled',
  'disabled',
  'url',
  'urlRemoved',
  'secret',
  'secretRemoved',
  'options',
] as const;
export const channelChange = z.object({ id: z.string(), what: z.enum(channelChangeKinds) }).readonly();
export type ChannelChange = z.infer<typeof channelChange>;

/** Changes of the list that an answer tells, the newest first. */
export const CHANGES_TOLD = 50;
export const channelListChange = z
  .object({
    at: z.number().meta({ description: 'UTC ms' }),
    owner: z.string().nullable().meta({ description: 'Null where the program that changed it did not say' }),
    reason: z.string().nullable(),
    changes: z.array(channelChange).readonly(),
  })
  .readonly();
export type ChannelListChange = z.infer<typeof channelListChange>;

export const channelView = z
  .object({
    id: z.string(),
    kind: z.enum(channelKinds),
    enabled: z.boolean(),
    urlSet: z.boolean(),
    urlShown: z.string().nullable().meta({ description: 'Scheme and host; the rest of an address is secret' }),
    secretSet: z.boolean(),
    options,
    readable: z.boolean().meta({ description: 'False when it was stored with a key that SECRET_KEY_FILE no longer holds: set it again' }),
  })
  .readonly();
export type ChannelView = z.infer<typeof channelView>;
export const channelList = z
  .object({
    version: z.int().meta({ description: 'Rises with every change of the list; `basedOn` of a change names it' }),
    channels: z.array(channelView).readonly(),
    history: z
      .array(channelListChange)
      .readonly()
      .meta({ description: `Who changed the list, when and why: the newest ${CHANGES_TOLD} changes` }),
  })
  .readonly();
export type ChannelList = z.infer<typeof channelList>;

export const channelTest = z.object({
  address: characters(1, 254).optional().meta({ description: 'Whom to reach within the channel: a mail address, a number, a user’s id' }),
  person: typed(80).optional().meta({ description: 'For push: whose browsers' }),
});
export type ChannelTest = z.infer<typeof channelTest>;
export const testOutcome = z
  .object({
    ok: z.boolean(),
    status: z.number().nullable().meta({ description: 'HTTP status or SMTP code; null when there was no answer' }),
    said: z.string().meta({ description: 'The provider’s answer in words' }),
  })
  .readonly();
export type TestOutcome = z.infer<typeof testOutcome>;

export const pushKey = z.object({ publicKey: z.string() }).readonly();
export const pushDocument = z.object({
  person: typed(80).meta({ description: 'Id or name of the person in the roster' }),
  subscription: z.object({
    endpoint: characters(1, 2_000),
    keys: z.object({
      p256dh: z.string().regex(/^[A-Za-z0-9_-]{86,88}$/, 'p256dh is a public key of 65 bytes in Base64url'),
      auth: z.string().regex(/^[A-Za-z0-9_-]{22,24}$/, 'auth is 16 bytes in Base64url'),
    }),
  }),
});
export type PushDocument = z.infer<typeof pushDocument>;
