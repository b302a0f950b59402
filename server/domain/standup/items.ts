/** What waits for another department. */
import type { ItemCommand, ItemDocument, StandupItem, StandupLine } from '../../../shared/standup/types.ts';
import { incomplete, refuse, versionMismatch, type StandupRefusal } from './refusal.ts';

export interface ItemChange {
  readonly item: StandupItem;
  readonly line: Omit<StandupLine, 'seq'>;
}

/** @param at server time the request arrived, UTC ms */
export function raiseItem(id: string, document: ItemDocument, at: number): ItemChange | StandupRefusal {
  const { actor, department, matter, contact } = document;
  const lacking = incomplete('An item', [
    ['department', department],
    ['matter', matter],
    ['contact', contact],
  ]);
  if (lacking) return lacking;
  if (department === undefined || matter === undefined || contact === undefined) throw new Error('a complete item lacks a part');
  const item: StandupItem = {
    ...{ id, version: 1, department, matter, contact, effect: document.effect || null, since: at, state: 'open' },
    ...{ closedAt: null, closedBy: null, note: null, enteredBy: actor, enteredAt: at },
  };
  return { item, line: { at, actor, action: 'raised', detail: { department, matter, contact } } };
}

export function decideItem(item: StandupItem, command: ItemCommand, at: number): ItemChange | StandupRefusal {
  const { actor, type, expectedVersion } = command;
  if (type === 'close' && item.state === 'closed')
    return refuse(409, 'already_closed', `${item.closedBy ?? 'Somebody'} has closed it already.`);
  if (type === 'reopen' && item.state === 'open') return refuse(409, 'not_closed', 'The item is open.');
  if (expectedVersion !== item.version) return versionMismatch('item', item.version, expectedVersion);
  const next = { ...item, version: item.version + 1 };
  if (type === 'close') {
    const { note } = command;
    return {
      item: { ...next, state: 'closed', closedAt: at, closedBy: actor, note },
      line: { at, actor, action: 'closed', detail: { note } },
    };
  }
  const { reason } = command;
  // It waits since it was raised, whoever thought meanwhile that it was settled.
  return {
    item: { ...next, state: 'open', closedAt: null, closedBy: null, note: reason },
    line: { at, actor, action: 'reopened', detail: { reason } },
  };
}
