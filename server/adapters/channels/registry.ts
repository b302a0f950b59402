/** Every kind of channel there is. */
import { issueInWords } from '../../../shared/text/issue-words.ts';
import type { ChannelChecks, ChannelKind } from '../../pipeline/ports/channels.ts';
import { destinationOf } from './destination.ts';
import { dingtalk } from './dingtalk.ts';
import { email, type MailKind } from './email.ts';
import { feishu } from './feishu.ts';
import type { HttpKind } from './kind.ts';
import { push, type PushKind } from './push.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

export const channelRegistry: { readonly [K in ChannelKind]: HttpKind | MailKind | PushKind } = {
  ...{ wecom, dingtalk, feishu, slack, webhook },
  ...{ email, push },
};

export function createChannelChecks(allow: ReadonlySet<string>): ChannelChecks {
  return {
    check(channel) {
      const { needs } = channelRegistry[channel.kind];
      if (needs.url === 'none' && channel.url !== null) return { path: 'url', detail: 'this kind of channel has no address' };
      if (needs.url !== 'none') {
        if (channel.url === null) return { path: 'url', detail: 'the address is missing' };
        const destination = destinationOf(channel.url, needs.url, allow);
        if (typeof destination === 'string') return { path: 'url', detail: `the address is refused: ${destination}` };
      }
      const secret = needs.secret(channel.secret);
      if (secret !== null) return { path: 'secret', detail: secret };
      const options = needs.options.safeParse(channel.options, { error: issueInWords });
      if (options.success) return null;
      const [issue] = options.error.issues;
      return { path: ['options', ...(issue?.path ?? [])].join('.'), detail: issue?.message ?? 'the options are not right' };
    },
    checkEndpoint(endpoint) {
      const destination = destinationOf(endpoint, 'http', allow);
      return typeof destination === 'string' ? destination : null;
    },
  };
}
