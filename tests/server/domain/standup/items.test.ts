import { describe, expect, it } from 'vitest';
import { decideItem, raiseItem } from '../../../../server/domain/standup/items.ts';
import type { ItemCommand } from '../../../../shared/standup/types.ts';

const document = { commandId: 'c', actor: '周屿', department: '设计部', matter: '主视觉', contact: '许诺', effect: '卡住预热' };
const by = { commandId: 'x', actor: '许诺' };
const close: ItemCommand = { ...by, expectedVersion: 1, type: 'close', note: '已定稿' };

describe('an item that waits for a department', () => {
  it('[SU1] says which, what and whom to ask, or is refused with all that is missing', () => {
    expect(raiseItem('i-1', document, 5)).toMatchObject({
      item: { id: 'i-1', state: 'open', since: 5, effect: '卡住预热', enteredBy: '周屿' },
      line: { action: 'raised', at: 5, actor: '周屿' },
    });
    expect(raiseItem('i', { commandId: 'c', actor: 'a', matter: '主视觉' }, 5)).toMatchObject({
      ...{ status: 422, code: 'incomplete', path: 'department' },
      detail: 'An item needs department, matter, contact; missing: department, contact.',
    });
  });

  it('is closed with a note; opened again it has waited since it was raised', () => {
    const raised = raiseItem('i-1', document, 5);
    if ('refused' in raised) throw new Error(raised.detail);
    const closed = decideItem(raised.item, close, 9);
    if ('refused' in closed) throw new Error(closed.detail);
    expect(closed).toMatchObject({
      item: { state: 'closed', closedAt: 9, closedBy: '许诺', note: '已定稿', version: 2 },
      line: { action: 'closed' },
    });
    expect(decideItem(closed.item, { ...close, expectedVersion: 2 }, 10)).toMatchObject({ status: 409, code: 'already_closed' });
    const again: ItemCommand = { ...by, expectedVersion: 2, type: 'reopen', reason: '图有错' };
    expect(decideItem(closed.item, again, 20)).toMatchObject({ item: { state: 'open', since: 5, closedAt: null, note: '图有错' } });
    expect(decideItem(raised.item, again, 20)).toMatchObject({ code: 'not_closed' });
    expect(decideItem(raised.item, { ...close, expectedVersion: 4 }, 20)).toMatchObject({ code: 'version_mismatch' });
  });
});
