/** Messages to people and their attempts, as `/api/messages` tells them. Types follow from the schemas; instants are UTC ms. */
import * as z from 'zod';
import { alertContent, urgencies } from './alert.ts';

const instant = z.number().meta({ description: 'UTC ms' });
const rows = <T extends z.ZodType>(row: T) => z.array(row).readonly();

export const messageStates = ['waiting', 'sent', 'dead', 'dropped'] as const;
export type MessageViewState = (typeof messageStates)[number];

export const messageView = z
  .object({
    id: z.int(),
    idempotencyKey: z.string().meta({ description: 'Travels with every attempt, so that a receiver can tell a repeat' }),
    incidentId: z.string().nullable(),
    step: z.string().meta({ description: 'What causes it, such as `ladder:1` or `breach:response`' }),
    urgency: z.enum(urgencies),
    person: z.object({ id: z.string(), name: z.string() }).readonly().nullable(),
    channel: z.string().nullable().meta({ description: 'The channel whose turn it is, or that took it; null where nobody can be reached' }),
    state: z.enum(messageStates).meta({ description: '`dropped`: its story was taken care of before it could be sent' }),
    contacts: z.array(z.string()).readonly().meta({ description: 'Channels of the person, in order of preference' }),
    content: alertContent,
    dry: z.boolean().meta({ description: 'Of a drill or the watchdog: goes to a dry end, never to a provider' }),
    createdAt: instant,
    nextAt: instant.nullable().meta({ description: 'When it is tried next, UTC ms' }),
    endedAt: instant.nullable(),
    reason: z.string().nullable().meta({ description: 'Why it is dead or dropped' }),
    digest: z.int().nullable().meta({ description: 'Id of the digest that tells it' }),
    holds: z.int().nullable().meta({ description: 'Of a digest: how many messages it tells' }),
    attemptCount: z.int(),
    attempts: rows(
      z
        .object({
          at: instant,
          channel: z.string(),
          outcome: z.enum(['delivered', 'refused', 'failed', 'cut_off']).nullable().meta({ description: 'null while it is under way' }),
          status: z.int().nullable().meta({ description: 'HTTP status or SMTP code' }),
          said: z.string().nullable().meta({ description: 'The provider’s answer in words' }),
        })
        .readonly(),
    ).meta({ description: 'The newest 20, newest first' }),
    requeues: rows(z.object({ at: instant, actor: z.string(), reason: z.string() }).readonly()).meta({
      description: 'Who put it back into the queue, newest first, at most 20',
    }),
  })
  .readonly();
export type MessageView = z.infer<typeof messageView>;

export const messagePage = z.object({ messages: rows(messageView), total: z.int(), next: z.string().nullable() }).readonly();
export type MessagePage = z.infer<typeof messagePage>;
