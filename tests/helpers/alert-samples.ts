/** Alerts and channels for tests of what sends them. */
import type { ToldAlert } from '../../server/adapters/channels/kind.ts';
import { composeMessage } from '../../server/domain/alerts/message.ts';
import type { Language } from '../../server/domain/alerts/words.ts';
import type { ChannelKind, OutgoingAlert, StoredChannel } from '../../server/pipeline/ports/channels.ts';
import type { AlertContent } from '../../shared/incidents/alert.ts';

/** 2026-11-23T12:00:00Z */
export const ALERT_NOW = Date.UTC(2026, 10, 23, 12);

export const contentOf = (change: Partial<AlertContent> = {}): AlertContent => ({
  ...{ reason: 'opened', code: 'A17', title: '用户投诉咖啡机漏水', brand: '山澜', grade: 'orange', clock: 'response' },
  ...{ dueAt: ALERT_NOW + 112 * 60_000, owner: null, why: null, generation: 1 },
  ...change,
});

export const alertOf = (change: Partial<OutgoingAlert> = {}): OutgoingAlert => ({
  ...{ idempotencyKey: 'i-17 1 opened 林悦', incidentId: 'i-17', content: contentOf(), link: 'https://war.example.com/incidents/i-17' },
  ...{ ackLink: null, now: ALERT_NOW, address: null },
  ...change,
});

export function toldAlert(change: Partial<OutgoingAlert> = {}, language: Language = 'zh-CN'): ToldAlert {
  const alert = alertOf(change);
  return { ...alert, message: composeMessage(alert, language, 'Asia/Shanghai') };
}

export const channelOf = (kind: ChannelKind, change: Partial<StoredChannel> = {}): StoredChannel => ({
  ...{ id: `my-${kind}`, kind, url: 'https://hook.example.com/send', secret: null, options: {}, enabled: true },
  ...change,
});
