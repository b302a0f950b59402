/** The five things that can happen to a lead after it was created. */
import * as z from 'zod';
import { defineEvent } from './define.ts';
import { currency, id, money, text, version } from './fields.ts';

const plain = z.object({ leadId: id, version });
const withReason = z.object({ leadId: id, version, reason: text });
const signed = z.object({ leadId: id, version, customerId: id, value: money, currency });

/** Each status is a fact of its own, keyed by lead and type, so they never overwrite each other. */
const status = <T extends string, S extends z.ZodType<{ leadId: string }>>(type: T, summary: string, data: S, example: z.infer<S>) =>
  defineEvent({ type, topic: 'leads', kind: 'leadStatus', summary, data, key: (d: z.infer<S>) => [d.leadId, type], example });

export const leadContacted = status('lead.contacted', 'A lead was reached.', plain, { leadId: 'L-501', version: 1 });
export const leadQualified = status('lead.qualified', 'Sales accepted a lead.', plain, { leadId: 'L-501', version: 1 });
export const leadDisqualified = status('lead.disqualified', 'Sales gave a lead up before an offer.', withReason, {
  leadId: 'L-502',
  version: 1,
  reason: '无采购计划',
});
export const leadSigned = status('lead.signed', 'A lead signed.', signed, {
  leadId: 'L-501',
  version: 1,
  customerId: 'K-77',
  value: 1_280_000,
});
export const leadLost = status('lead.lost', 'A lead went elsewhere.', withReason, { leadId: 'L-503', version: 1, reason: '选择竞品' });
