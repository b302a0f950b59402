/**
 * Messages to browsers: encrypted for each subscription of the person and signed with the keys of this workspace (VAPID). The
 * library that does both is loaded with the first message, since most servers send none.
 */
import { createECDH, createHash } from 'node:crypto';
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import type { PushKeys, PushSubscription } from '../../pipeline/ports/channels.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';
import { arrived, judgeStatus } from './judge.ts';
import { noSecret, type Limits, type Needs, type ToldAlert } from './kind.ts';
import { robotOptions } from './options.ts';
import type { SendOutcome } from '../../pipeline/ports/channels.ts';

export interface PushKind {
  readonly kind: 'push';
  readonly via: 'push';
  readonly limits: Limits;
  readonly needs: Needs;
  compose(subscription: PushSubscription, alert: ToldAlert, keys: PushKeys): Promise<HttpRequest>;
  judge(answer: HttpAnswer, at: number): SendOutcome;
}

/** A phone that is off for longer gets nothing late. */
const LIFE_SECONDS = 4 * 3_600;

export const push: PushKind = {
  // A payload has 4,096 bytes, of which encryption takes a hundred; titles and quotation marks need room too.
  ...{ kind: 'push', via: 'push', limits: { bytes: 1_200, perMinute: 600, perSecond: 20 } },
  needs: { url: 'none', secret: noSecret, options: z.strictObject(robotOptions) },
  async compose(subscription, alert, keys) {
    const { default: webPush } = await import('web-push');
    const { message } = alert;
    // The address of the page is what a tap opens; in the text it would only take room.
    const body = fittedText({ ...message, subject: '', link: null, ackLink: null }, push.limits.bytes);
    const topic = createHash('sha256')
      .update(alert.incidentId ?? alert.idempotencyKey)
      .digest('base64url')
      .slice(0, 32);
    const payload = JSON.stringify({ title: message.subject, body, url: alert.link, tag: topic });
    const request = webPush.generateRequestDetails(
      { endpoint: subscription.endpoint, keys: { p256dh: subscription.p256dh, auth: subscription.auth } },
      payload,
      { TTL: LIFE_SECONDS, urgency: 'high', topic, vapidDetails: keys, contentEncoding: 'aes128gcm' },
    );
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
    return {
      url: request.endpoint,
      headers: Object.fromEntries(headers.filter(([name]) => name !== 'content-length')),
      body: request.body ?? '',
    };
  },
  judge: (answer, at) => judgeStatus(answer, at) ?? arrived(answer, `HTTP ${answer.status}`),
};

/** The browser has given the subscription up. */
export const isGone = ({ status }: HttpAnswer): boolean => status === 404 || status === 410;

/** Keys for a new workspace: a pair on the curve P-256, each key of its full length (RFC 8292). */
export function newPushKeys(): Pick<PushKeys, 'publicKey' | 'privateKey'> {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  // Leading zeros are not part of the number that comes back.
  const privateKey = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url');
  return { publicKey, privateKey };
}
