/**
 * Mail over SMTP, plain and HTML. All mails about one incident refer to the same first message, so that programs show them
 * as one thread. The connection is made here, to an address that was judged; nodemailer speaks over it. It is loaded with the
 * first mail, since most servers send none.
 */
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import * as z from 'zod';
import { type AlertMessage, fittedText } from '../../domain/alerts/message.ts';
import type { SendOutcome, StoredChannel } from '../../pipeline/ports/channels.ts';
import { destinationOf, judgedAddresses } from './destination.ts';
import { MOST_ANSWER_BYTES, type Network, wordsOf } from './http-request.ts';
import { anySecret, type Limits, type Needs, type ToldAlert } from './kind.ts';
import { robotOptions } from './options.ts';

const address = z
  .string()
  .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/u, 'an address is written name@host')
  .max(254);
const options = z.strictObject({
  ...robotOptions,
  from: address.meta({ description: 'Address the mails come from' }),
  to: address.optional().meta({ description: 'Where mails go that are for no person’s own address' }),
  user: z.string().min(1).max(254).optional().meta({ description: 'Name to sign in with; the secret is its password' }),
});

export interface MailKind {
  readonly kind: 'email';
  readonly via: 'smtp';
  readonly limits: Limits;
  readonly needs: Needs;
  deliver(channel: StoredChannel, alert: ToldAlert, network: Network): Promise<SendOutcome>;
}

const failure = (permanent: boolean, said: string, status: number | null = null): SendOutcome => ({ ok: false, permanent, status, said });
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

export const email: MailKind = {
  ...{ kind: 'email', via: 'smtp', limits: { bytes: 60_000, perMinute: 60 } },
  needs: { url: 'smtp', secret: anySecret, options },
  async deliver(channel, alert, network) {
    const set = options.safeParse(channel.options);
    if (!set.success) return failure(true, 'the options of the channel are incomplete');
    const to = address.safeParse(alert.address ?? set.data.to);
    if (!to.success) return failure(true, 'there is no mail address to send to');
    const destination = destinationOf(channel.url ?? '', 'smtp', network.allow);
    if (typeof destination === 'string') return failure(true, `the address is refused: ${destination}`);
    const over = Promise.withResolvers<SendOutcome>();
    const timer = setTimeout(() => over.resolve(failure(false, `no answer within ${network.timeoutMs / 1_000} s`)), network.timeoutMs);
    let socket: Socket | undefined;
    const watch = setInterval(() => {
      if ((socket?.bytesRead ?? 0) <= MOST_ANSWER_BYTES) return;
      over.resolve(failure(false, 'the answer is longer than any mail server’s'));
      socket?.destroy();
    }, 20);
    const send = async (): Promise<SendOutcome> => {
      const { createTransport } = await import('nodemailer');
      const [judged] = await judgedAddresses(destination, network.resolve);
      const connected = Promise.withResolvers<Socket>();
      const opened = connect({ host: judged?.address ?? '', port: destination.port });
      socket = opened;
      opened.once('error', connected.reject);
      opened.once('connect', () => connected.resolve(opened));
      const connection = await connected.promise;
      const { user } = set.data;
      const transport = createTransport({
        host: destination.host,
        port: destination.port,
        name: domainOf(set.data.from),
        secure: destination.encrypted,
        // In clear only where CHANNEL_ALLOW says so.
        requireTLS: !destination.encrypted && !destination.allowed,
        tls: { servername: destination.host },
        ...(user === undefined ? {} : { auth: { user, pass: channel.secret ?? '' } }),
        greetingTimeout: network.timeoutMs,
        socketTimeout: network.timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
        getSocket: (_options: unknown, done: (error: Error | null, socket: { connection: Socket }) => void) => done(null, { connection }),
      });
      const sent = await transport.sendMail(mailOf(alert, set.data.from, to.data));
      return { ok: true, status: Number(/^\d{3}/.exec(sent.response)?.[0] ?? 250), said: sent.response };
    };
    try {
      return await Promise.race([over.promise, send().catch(judgeError)]);
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      socket?.destroy();
    }
  },
};

/** What a mail server's refusal means: 5xx is final, everything else is worth another try. */
function judgeError(error: unknown): SendOutcome {
  const refusal = z.object({ responseCode: z.number(), response: z.string() }).safeParse(error);
  if (!refusal.success) return failure(false, wordsOf(error));
  const { responseCode, response } = refusal.data;
  return failure(responseCode >= 500, response, responseCode);
}

const domainOf = (from: string): string => from.slice(from.lastIndexOf('@') + 1);

export function mailOf(alert: ToldAlert, from: string, to: string) {
  const domain = domainOf(from);
  const thread = alert.incidentId === null ? null : `<incident-${hash(alert.incidentId)}@${domain}>`;
  return {
    ...{ from, to, subject: alert.message.subject, text: fittedText(alert.message, email.limits.bytes), html: htmlOf(alert.message) },
    messageId: `<${hash(alert.idempotencyKey)}@${domain}>`,
    ...(thread === null ? {} : { references: thread, inReplyTo: thread }),
    headers: { 'x-idempotency-key': hash(alert.idempotencyKey), 'auto-submitted': 'auto-generated' },
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function htmlOf({ subject, title, facts, note, items, link, ackLink, words }: AlertMessage): string {
  const lines = [...facts, note].filter((line) => line !== '').map((line) => `<p style="margin:4px 0">${escaped(line)}</p>`);
  const list = items.length === 0 ? '' : `<ul>${items.map(({ full }) => `<li>${escaped(full)}</li>`).join('')}</ul>`;
  const anchor = (url: string | null, label: string) =>
    url === null ? '' : `<a href="${escaped(url)}" style="display:inline-block;margin:12px 12px 0 0">${escaped(label)}</a>`;
  return [
    `<div style="font-family:sans-serif;font-size:15px;line-height:1.5"><h2 style="font-size:18px;margin:0 0 8px">${escaped(subject)}</h2>`,
    title === '' ? '' : `<p style="margin:4px 0;font-weight:600">${escaped(title)}</p>`,
    ...lines,
    list,
    anchor(link, words.openLabel),
    anchor(ackLink, words.acknowledgeLabel),
    '</div>',
  ].join('\n');
}
