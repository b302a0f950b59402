import { describe, expect, it } from 'vitest';
import { dingtalk, dingtalkSignature } from '../../../../server/adapters/channels/dingtalk.ts';
import { feishu, feishuSignature } from '../../../../server/adapters/channels/feishu.ts';
import { webhook, webhookId, webhookSignature } from '../../../../server/adapters/channels/webhook.ts';
import { channelOf, toldAlert } from '../../../helpers/alert-samples.ts';

describe('signatures', () => {
  it('are those of the providers, vector by vector', () => {
    expect(dingtalkSignature(1_700_000_000_000, 'SECwarroomdemo')).toBe('t9E1OYoSlInTKOwanrc3CNA+TYfZXeYKv/OxcESslUk=');
    expect(feishuSignature(1_700_000_000, 'warroomdemo')).toBe('yyleKOuVa7y/wA0o6THhy1Q7gkcejmV8z50+9TF8zAI=');
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    expect(webhookSignature('msg_demo', 1_700_000_000, '{"a":1}', key)).toBe('v1,QhQZLGwdLgUrCnMDtP7YGW5C7ahENF7yMDynG4jZodc=');
  });

  it('are made when the message is sent, with the time of then', () => {
    const alert = toldAlert();
    const sent = new URL(
      dingtalk.compose(
        channelOf('dingtalk', { url: 'https://oapi.dingtalk.com/robot/send?access_token=T', secret: 'SECwarroomdemo' }),
        alert,
        1_700_000_000_000,
      ).url,
    );
    expect(sent.searchParams.get('sign')).toBe('t9E1OYoSlInTKOwanrc3CNA+TYfZXeYKv/OxcESslUk=');
    expect(sent.href).toContain('sign=t9E1OYoSlInTKOwanrc3CNA%2BTYfZXeYKv%2FOxcESslUk%3D');
    expect(sent.searchParams.get('access_token')).toBe('T');
    const body: unknown = JSON.parse(String(feishu.compose(channelOf('feishu', { secret: 'warroomdemo' }), alert, 1_700_000_000_999).body));
    expect(body).toMatchObject({ timestamp: '1700000000', sign: 'yyleKOuVa7y/wA0o6THhy1Q7gkcejmV8z50+9TF8zAI=', msg_type: 'text' });
  });

  it('[N2] a webhook has the same id in every try, and the signature covers what is sent', () => {
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const channel = channelOf('webhook', { secret: `whsec_${key.toString('base64')}` });
    const alert = toldAlert();
    const [first, second] = [1_700_000_000_000, 1_700_000_060_000].map((at) => webhook.compose(channel, alert, at));
    expect(first?.headers['webhook-id']).toBe(webhookId(alert.idempotencyKey));
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
    expect(first?.headers['webhook-id']).toMatch(/^[\w-]+$/);
    expect(first?.headers['webhook-signature']).toBe(
      webhookSignature(webhookId(alert.idempotencyKey), 1_700_000_000, String(first?.body), key),
    );
    expect(JSON.parse(String(first?.body))).toMatchObject({
      type: 'alert.opened',
      data: { idempotencyKey: alert.idempotencyKey, code: 'A17' },
    });
  });
});
