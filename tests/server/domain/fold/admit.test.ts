import { describe, expect, it } from 'vitest';
import { admit, draftFact, openDraft } from '../../../../server/domain/fold/admit.ts';
import type { FactVersion } from '../../../../server/domain/facts.ts';
import { fact, version } from '../../../helpers/facts.ts';

const order = {
  orderId: 'O',
  buyerId: 'B',
  channel: 'c',
  region: 'r',
  lines: [{ sku: 's', category: 'k', core: true, quantity: 1, amount: 5 }],
};
const paid = (v: number, occurredAt = 1, channel = 'c'): FactVersion =>
  version('sales.order.paid', { ...order, version: v, channel }, { occurredAt });
const cancelled = (v: number): FactVersion => version('sales.order.cancelled', { orderId: 'O', version: v }, { occurredAt: 9 });
const newOrder = () => openDraft('order', '/s O', '/s', undefined);

describe('[I4] admission', () => {
  it('takes a first version, then a higher one, and keeps what it supersedes as history', () => {
    const draft = newOrder();
    expect([admit(draft, paid(1), undefined), admit(draft, paid(2, 1, 'd'), undefined)]).toEqual(['applied', 'applied']);
    expect(draftFact(draft).versions).toEqual([paid(2, 1, 'd')]);
    expect(draft.history).toEqual([paid(1)]);
  });

  it('[FO2] takes a late older version into history and leaves the fact alone', () => {
    const draft = openDraft('order', '/s O', '/s', fact('/s', paid(3)));
    expect(admit(draft, paid(2), undefined)).toBe('older');
    expect(draftFact(draft)).toBe(draft.before);
    expect(draft.history).toEqual([paid(2)]);
  });

  it('calls the same number with the same content a duplicate, in this batch, standing or in history', () => {
    const draft = newOrder();
    admit(draft, paid(1), undefined);
    admit(draft, paid(2), undefined);
    expect(admit(draft, paid(1), undefined)).toBe('duplicate');
    expect(admit(draft, paid(2), undefined)).toBe('duplicate');
    expect(admit(newOrder(), paid(1), paid(1))).toBe('duplicate');
    expect(draft.history).toHaveLength(1);
  });

  it('calls other content under the same number a conflict: the first to come stays', () => {
    const draft = newOrder();
    admit(draft, paid(1), undefined);
    expect(admit(draft, paid(1, 1, 'other'), undefined)).toBe('conflict');
    expect(admit(draft, paid(1, 2), undefined)).toBe('conflict');
    expect(draftFact(draft).versions).toEqual([paid(1)]);
  });

  it('counts receipt as no content: a repeat is a repeat whenever it comes', () => {
    const late = { ...paid(1), receivedAt: 99 } as FactVersion;
    expect(admit(newOrder(), late, paid(1))).toBe('duplicate');
  });

  it('[FO1] gives an order paid and cancelled one sequence: one number cannot be both', () => {
    const draft = newOrder();
    admit(draft, paid(1), undefined);
    expect(admit(draft, cancelled(1), undefined)).toBe('conflict');
    expect(admit(draft, cancelled(2), undefined)).toBe('applied');
    expect(draftFact(draft).versions.map((v) => v.type)).toEqual(['sales.order.cancelled', 'sales.order.paid']);
  });

  it('[FO2] orders slots the same whichever type came first', () => {
    const [a, b] = [newOrder(), newOrder()];
    admit(a, paid(1), undefined);
    admit(a, cancelled(2), undefined);
    admit(b, cancelled(2), undefined);
    admit(b, paid(1), undefined);
    expect(draftFact(a)).toEqual(draftFact(b));
  });
});
