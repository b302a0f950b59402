/** Any program: JSON with the headers of Standard Webhooks. */
import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import { arrived, judgeStatus } from './judge.ts';
import { jsonRequest, type HttpKind } from './kind.ts';
import { robotOptions } from './options.ts';

const PREFIX = 'whsec_';
const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

/** `v1,` and the signature over id, timestamp in seconds and body. */
export const webhookSignature = (id: string, timestamp: number, body: string, key: Uint8Array): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

/** The same for every try of one message; keys of the outbox hold spaces and dots, which a signed id may not. */
export const webhookId = (idempotencyKey: string): string =>
  `msg_${createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 27)}`;

export const webhook: HttpKind = {
  ...{ kind: 'webhook', via: 'http', limits: { bytes: 20_000, perMinute: 600, perSecond: 20 } },
  needs: {
    url: 'http',
    options: z.strictObject(robotOptions),
    secret(secret) {
      if (secret === null) return null;
      const key = keyOf(secret);
      const right = secret.startsWith(PREFIX) && key.length >= 24 && key.length <= 64;
      return right ? null : 'the secret is whsec_ and 24 to 64 bytes in Base64, as Standard Webhooks writes it';
    },
  },
  compose(channel, alert, at) {
    const timestamp = Math.floor(at / 1_000);
    const id = webhookId(alert.idempotencyKey);
    const { url, headers, body } = jsonRequest(channel.url ?? '', {
      type: `alert.${alert.content.reason}`,
      timestamp: new Date(at).toISOString(),
      data: {
        idempotencyKey: alert.idempotencyKey,
        incidentId: alert.incidentId,
        ...alert.content,
        person: alert.person ?? null,
        address: alert.address,
        link: alert.link,
        ackLink: alert.ackLink,
        text: fittedText(alert.message, webhook.limits.bytes),
        ...(alert.items === undefined ? {} : { items: alert.items }),
      },
    });
    const signature =
      channel.secret === null ? {} : { 'webhook-signature': webhookSignature(id, timestamp, String(body), keyOf(channel.secret)) };
    return { url, body, headers: { ...headers, 'webhook-id': id, 'webhook-timestamp': String(timestamp), ...signature } };
  },
  judge: (answer, at) => judgeStatus(answer, at) ?? arrived(answer, `HTTP ${answer.status}`),
};
