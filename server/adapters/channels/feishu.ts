/** 飞书 custom robot: text messages; timestamp in seconds and signature stand in the body. */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { fittedText } from '../../domain/alerts/message.ts';
import { judgeCode, type CodeMeaning } from './judge.ts';
import { anySecret, jsonRequest, type HttpKind } from './kind.ts';
import { robotOptions } from './options.ts';

const meanings: Readonly<Record<number, CodeMeaning>> = {
  9499: { words: 'the request is malformed, or there are too many', retryAfterMs: 60_000 },
  11232: { words: 'too many messages at this minute', retryAfterMs: 60_000 },
  19001: { words: 'the address of the robot is not valid', permanent: true },
  19021: { words: 'the signature or its time is refused: compare the secret', signature: true },
  19022: { words: 'the robot refuses the address of this server', permanent: true },
  19024: { words: 'a keyword of the robot is missing', permanent: true },
};

/** The key is what is signed elsewhere, and the message is empty. */
export const feishuSignature = (timestamp: number, secret: string): string =>
  createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');

/** Angle brackets would name people: `<at user_id="all">` in a story must call nobody. */
const harmless = (line: string): string => line.replaceAll('<', '＜').replaceAll('>', '＞');

export const feishu: HttpKind = {
  // The whole request may have 20 KB; JSON writes a quotation mark with two bytes.
  ...{ kind: 'feishu', via: 'http', limits: { bytes: 9_500, perMinute: 100, perSecond: 5 } },
  needs: { url: 'http', secret: anySecret, options: z.strictObject(robotOptions) },
  compose(channel, { message, address }, at) {
    const timestamp = Math.floor(at / 1_000);
    const called = address === null ? '' : `<at user_id="${address.replace(/[^\w-]/g, '')}"></at>\n`;
    return jsonRequest(channel.url ?? '', {
      ...(channel.secret === null ? {} : { timestamp: String(timestamp), sign: feishuSignature(timestamp, channel.secret) }),
      msg_type: 'text',
      content: { text: called + fittedText(message, feishu.limits.bytes, harmless) },
    });
  },
  judge: (answer, at) => judgeCode(answer, at, { code: ['code', 'StatusCode'], text: ['msg', 'StatusMessage'] }, (code) => meanings[code]),
};
