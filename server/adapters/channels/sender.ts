/** Sends an alert over a channel: chooses the words, makes the request, reads the answer. */
import { composeMessage, itemsThatFit } from '../../domain/alerts/message.ts';
import { languages, type Language } from '../../domain/alerts/words.ts';
import type { ClockPort } from '../../pipeline/ports/clock.ts';
import type { ChannelSender, PushBook, SendOutcome, StoredChannel } from '../../pipeline/ports/channels.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import { type Resolve, systemResolve } from './destination.ts';
import { type HttpAnswer, type HttpFailure, type HttpRequest, type Network, post } from './http-request.ts';
import type { HttpKind, ToldAlert } from './kind.ts';
import { isGone, type PushKind } from './push.ts';
import { redacted, secretsOf } from './redact.ts';
import { channelRegistry } from './registry.ts';

const TIMEOUT_MS = 10_000;

export interface ChannelSenderParts {
  readonly clock: ClockPort;
  readonly logger: Logger;
  readonly push: PushBook;
  /** `host:port` of hosts that may be private and unencrypted. */
  readonly allow: ReadonlySet<string>;
  /** Of messages whose channel names none. */
  readonly language: Language;
  readonly timeZone: string;
  /** Other than the machine's resolver and ten seconds, for tests. */
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
}

export function createChannelSender(parts: ChannelSenderParts): ChannelSender {
  const { clock, logger, push, allow, language, timeZone } = parts;
  const network: Network = { resolve: parts.resolve ?? systemResolve, allow, timeoutMs: parts.timeoutMs ?? TIMEOUT_MS };

  const outcomeOf = (answer: HttpAnswer | HttpFailure, judge: (answer: HttpAnswer) => SendOutcome): SendOutcome =>
    answer.kind === 'answer' ? judge(answer) : { ok: false, permanent: answer.permanent, status: null, said: answer.words };

  const languageOf = (channel: StoredChannel): Language => languages.find((name) => name === channel.options['language']) ?? language;

  async function overHttp(kind: HttpKind, channel: StoredChannel, alert: ToldAlert): Promise<SendOutcome> {
    if (channel.url === null) return { ok: false, permanent: true, status: null, said: 'the channel has no address' };
    const at = clock.now();
    return outcomeOf(await post(kind.compose(channel, alert, at), network), (answer) => kind.judge(answer, at));
  }

  async function toBrowsers(kind: PushKind, alert: ToldAlert, hide: (secrets: readonly string[]) => void): Promise<SendOutcome> {
    const people = [alert.address, alert.person?.id, alert.person?.name].filter((name) => typeof name === 'string');
    const subscriptions = await push.of(people);
    hide(subscriptions.flatMap(({ endpoint, auth, p256dh }) => [endpoint, endpoint.slice(endpoint.lastIndexOf('/') + 1), auth, p256dh]));
    if (subscriptions.length === 0) return { ok: false, permanent: true, status: null, said: 'no browser of this person asked to be told' };
    const keys = await push.keys();
    const outcomes = await Promise.all(
      subscriptions.map(async (subscription) => {
        const at = clock.now();
        const request: HttpRequest = await kind.compose(subscription, alert, keys);
        const answer = await post(request, network);
        if (answer.kind === 'answer' && isGone(answer)) await push.forget(subscription.id).catch(() => undefined);
        return outcomeOf(answer, (found) => kind.judge(found, at));
      }),
    );
    const best = outcomes.find(({ ok }) => ok) ?? outcomes.find((outcome) => !outcome.ok && !outcome.permanent) ?? outcomes[0];
    return best ?? { ok: false, permanent: true, status: null, said: 'no browser was reached' };
  }

  return {
    async send(channel, alert) {
      let secrets = secretsOf(channel, alert);
      try {
        const told: ToldAlert = { ...alert, message: composeMessage(alert, languageOf(channel), timeZone) };
        const kind = channelRegistry[channel.kind];
        const outcome =
          kind.via === 'http'
            ? await overHttp(kind, channel, told)
            : kind.via === 'smtp'
              ? await kind.deliver(channel, told, network)
              : await toBrowsers(kind, told, (more) => (secrets = secretsOf(channel, alert, more)));
        return { ...outcome, said: redacted(outcome.said, secrets) };
      } catch (error) {
        // A message must not bring the process down; what is wrong with it stands in the log, without what it holds.
        const why = redacted(error instanceof Error ? error.message : String(error), secrets);
        logger.error({ channel: channel.id, kind: channel.kind, why }, 'an alert could not be made');
        return { ok: false, permanent: false, status: null, said: `the message could not be made: ${why}` };
      }
    },
    fits: (channel, items) => itemsThatFit(items, channelRegistry[channel.kind].limits.bytes, languageOf(channel)),
    quotaOf(kind) {
      const { perMinute, perSecond } = channelRegistry[kind].limits;
      return { perMinute, ...(perSecond === undefined ? {} : { perSecond }) };
    },
  };
}
