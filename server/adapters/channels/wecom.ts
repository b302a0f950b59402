/** 企业微信 group robot: text messages; the key in the address is the secret. */
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import { judgeCode, type CodeMeaning } from './judge.ts';
import { jsonRequest, noSecret, type HttpKind } from './kind.ts';
import { robotOptions } from './options.ts';

const meanings: Readonly<Record<number, CodeMeaning>> = {
  40058: { words: 'the message is too long or malformed', permanent: true },
  40008: { words: 'the kind of message is refused', permanent: true },
  44004: { words: 'the message is empty', permanent: true },
  93000: { words: 'the address of the robot is not valid', permanent: true },
  93004: { words: 'the robot was switched off', permanent: true },
  93008: { words: 'the robot is not in the group', permanent: true },
  45009: { words: 'too many messages', retryAfterMs: 60_000 },
};

export const wecom: HttpKind = {
  ...{ kind: 'wecom', via: 'http', limits: { bytes: 2_048, perMinute: 20 } },
  needs: { url: 'http', secret: noSecret, options: z.strictObject(robotOptions) },
  compose(channel, { message, address }) {
    const text = {
      content: fittedText(message, wecom.limits.bytes),
      ...(address === null ? {} : /^\d{5,}$/.test(address) ? { mentioned_mobile_list: [address] } : { mentioned_list: [address] }),
    };
    return jsonRequest(channel.url ?? '', { msgtype: 'text', text });
  },
  judge: (answer, at) => judgeCode(answer, at, { code: ['errcode'], text: ['errmsg'] }, (code) => meanings[code]),
};
