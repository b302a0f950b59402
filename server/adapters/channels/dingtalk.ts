/** 钉钉 custom robot: text messages; timestamp in ms and signature stand in the query. */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import { judgeCode, type CodeMeaning } from './judge.ts';
import { anySecret, jsonRequest, type HttpKind } from './kind.ts';
import { robotOptions } from './options.ts';

/** Over its quota the robot is blocked for this long. */
const BLOCKED_MS = 10 * 60_000;
const tooFast: CodeMeaning = { words: 'too many messages: the robot is blocked for 10 minutes', retryAfterMs: BLOCKED_MS };
const meanings: Readonly<Record<number, CodeMeaning>> = {
  130101: tooFast,
  410100: tooFast,
  300001: { words: 'the token does not exist', permanent: true },
  300005: { words: 'the token does not exist', permanent: true },
  400013: { words: 'the group was dissolved', permanent: true },
  400101: { words: 'the token does not exist', permanent: true },
  400102: { words: 'the robot was switched off', permanent: true },
  400105: { words: 'the kind of message is refused', permanent: true },
  400106: { words: 'the robot does not exist', permanent: true },
  430101: { words: 'the message holds a link that is refused', permanent: true },
  430102: { words: 'the message holds words that are refused', permanent: true },
};

function meaningOf(code: number, text: string): CodeMeaning | undefined {
  if (code !== 310000) return meanings[code];
  if (/sign|timestamp/i.test(text)) return { words: 'the signature is refused: compare the secret', signature: true };
  return { words: 'a safety setting of the robot refuses the message: keyword, signature or address', permanent: true };
}

/** Base64, not yet written for a query. */
export const dingtalkSignature = (timestamp: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

export const dingtalk: HttpKind = {
  ...{ kind: 'dingtalk', via: 'http', limits: { bytes: 18_000, perMinute: 20 } },
  needs: {
    url: 'http',
    secret: anySecret,
    options: z.strictObject({
      ...robotOptions,
      keyword: z.string().max(40).optional().meta({ description: 'A word the robot demands in every message' }),
    }),
  },
  compose(channel, { message, address }, at) {
    const url = new URL(channel.url ?? '');
    if (channel.secret !== null) {
      url.searchParams.set('timestamp', String(at));
      url.searchParams.set('sign', dingtalkSignature(at, channel.secret));
    }
    const { keyword } = channel.options;
    const prefix = typeof keyword === 'string' && keyword !== '' ? `${keyword}\n` : '';
    const content = prefix + fittedText(message, dingtalk.limits.bytes);
    const called = address === null ? {} : { at: /^\d{5,}$/.test(address) ? { atMobiles: [address] } : { atUserIds: [address] } };
    return jsonRequest(url.href, { msgtype: 'text', text: { content }, ...called });
  },
  judge: (answer, at) => judgeCode(answer, at, { code: ['errcode'], text: ['errmsg'] }, meaningOf),
};
