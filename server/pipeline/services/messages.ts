/** What people see of messages, and putting a dead letter back into the queue. */
import type { MessagePage, MessageView } from '../../../shared/incidents/messages.ts';
import type { Commit } from '../ports/commit.ts';
import type { MessageFilter, OutboxReads } from '../ports/outbox.ts';
import { cursorOf, type PageQuery } from '../ports/page.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';

export interface MessageService {
  /** Newest first. */
  list(query: PageQuery & MessageFilter): Promise<MessagePage>;
  /** dead → waiting, with all its contacts as at the beginning; refused for one that is not dead, or that nobody can get. */
  requeue(id: number, actor: string, reason: string): Promise<MessageView | Refusal>;
}

export interface MessageServiceParts {
  readonly reads: Pick<OutboxReads, 'messages' | 'message'>;
  readonly commit: Commit;
}

export function createMessageService({ reads, commit }: MessageServiceParts): MessageService {
  return {
    async list(query) {
      const { rows, total, next } = await reads.messages(query);
      return { messages: rows, total, next: cursorOf(next) };
    },
    async requeue(id, actor, reason) {
      const requeued = await commit((tx, _touch, at) => tx.requeueMessage(id, at, actor, reason));
      const message = await reads.message(id);
      if (message === undefined) return refuse(404, 'unknown_message', 'there is no message with this id');
      if (requeued) return message;
      if (message.state === 'dead')
        return refuse(409, 'nobody_to_reach', 'the message has no contact to go to, or it is a digest', { present: message });
      return refuse(409, 'not_dead', `the message is ${message.state}`, { present: message });
    },
  };
}
