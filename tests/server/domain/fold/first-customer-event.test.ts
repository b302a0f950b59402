import { describe, expect, it } from 'vitest';
import { noCustomerChanges, noteChange, settle, type Qualifying } from '../../../../server/domain/fold/first-customer-event.ts';

const event = (at: number, channel = 'a', customerId = 'K'): Qualifying => ({ customerId, at, day: 1, channel, region: null });
const stored = (first: Qualifying) => new Map([[first.customerId, first]]);

describe('[R6] a customer’s first event', () => {
  it('of somebody unknown is the earliest that came', () => {
    const changes = noCustomerChanges();
    noteChange(changes, undefined, event(5));
    noteChange(changes, undefined, event(3, 'b'));
    expect(settle(changes, new Map())).toEqual([event(3, 'b')]);
  });

  it('moves back for an earlier one, and stays for later ones, without a search', () => {
    const earlier = noCustomerChanges();
    noteChange(earlier, undefined, event(3));
    expect(settle(earlier, stored(event(5)))).toEqual([event(3)]);
    const later = noCustomerChanges();
    noteChange(later, undefined, event(9));
    expect(settle(later, stored(event(5)))).toEqual([]);
    expect(later.unsure.size).toBe(0);
  });

  it('[FO12] is searched for when an event stopped qualifying, moved, or went to another customer', () => {
    for (const after of [undefined, event(4), event(5, 'b'), event(5, 'a', 'K2')]) {
      const changes = noCustomerChanges();
      noteChange(changes, event(5), after);
      expect(changes.unsure).toContain('K');
      expect(settle(changes, stored(event(5)))).toEqual([]);
    }
  });

  it('is left alone when an event changed in nothing that shows', () => {
    const changes = noCustomerChanges();
    noteChange(changes, event(5), event(5));
    expect(changes.ids).toEqual([]);
  });

  it('[I5] is searched for on a tie, with the stored one or within the batch: arrival must not decide', () => {
    const withStored = noCustomerChanges();
    noteChange(withStored, undefined, event(5, 'b'));
    settle(withStored, stored(event(5, 'a')));
    expect([...withStored.unsure]).toEqual(['K']);
    const within = noCustomerChanges();
    noteChange(within, undefined, event(5, 'b'));
    noteChange(within, undefined, event(5, 'a'));
    expect([...within.unsure]).toEqual(['K']);
  });

  it('is searched for once any of a customer’s events is unsure, whatever else came', () => {
    const changes = noCustomerChanges();
    noteChange(changes, undefined, event(1));
    noteChange(changes, event(5), undefined);
    expect(settle(changes, stored(event(5)))).toEqual([]);
    expect(changes.ids).toEqual(['K']);
  });
});
