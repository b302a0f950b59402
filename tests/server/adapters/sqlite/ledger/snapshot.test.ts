/** Entities of random facts, with versions that once named others, beside the same found by looking at every version of every fact. */
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openSnapshot } from '../../../../../server/adapters/sqlite/ledger/snapshot.ts';
import { factKey, type FactVersion } from '../../../../../server/domain/facts.ts';
import type { EntityMembers, FactWithHistory } from '../../../../../server/domain/ledger/members.ts';
import type { FactWrite } from '../../../../../server/pipeline/ports/transaction.ts';
import { factOf, leadWrite, mentionWrite, order, SOURCE, versionOf, write } from '../../../../contracts/store/samples.ts';
import { seededRandom, type Random } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../../helpers/threadless-store.ts';

let store: ThreadlessStore | undefined;
afterEach(async () => {
  await store?.close();
  if (store) removeStore(store);
  store = undefined;
});

const customer = (random: Random) => `K${random.below(12)}`;
const lead = (random: Random) => `L${random.below(6)}`;

/** One to three versions of a fact, the last of which stands. */
function versions<D>(random: Random, make: (version: number) => D): D[] {
  return Array.from({ length: 1 + random.below(3) }, (_, i) => make(i + 1));
}
const split = (all: readonly FactVersion[]): { standing: FactVersion[]; history: FactVersion[] } => ({
  standing: all.slice(-1),
  history: all.slice(0, -1),
});

function someOrder(random: Random, orderId: string): FactWrite {
  const all = versions(random, (version) => ({
    ...(random.chance(0.5) ? { customerId: customer(random) } : {}),
    ...(random.chance(0.5) ? { leadId: lead(random) } : {}),
    orderId,
    version,
    buyerId: customer(random),
  })).map((sample) => ({ sample, ...order(sample) }));
  const { standing, history } = split(all.flatMap(({ fact }) => fact.versions));
  if (random.chance(0.2)) standing.push(versionOf('sales.order.cancelled', { orderId, version: 9 }, 9));
  const columns = all.at(-1)?.columns ?? order({ orderId }).columns;
  return write(factOf('order', orderId, standing), columns, { history });
}

function someRefund(random: Random, refundId: string): FactWrite {
  const all = versions(random, (version) => ({ refundId, version, orderId: `o${random.below(40)}`, amount: 1 }));
  const { standing, history } = split(all.map((data) => versionOf('sales.order.refunded', data, data.version)));
  const orderKey = factKey(SOURCE, all.at(-1)?.orderId ?? '');
  return write(factOf('refund', refundId, standing), { kind: 'refund', orderKey, at: 1, day: 0, amount: 1 }, { history });
}

function someSigning(random: Random, leadId: string): FactWrite {
  const all = versions(random, (version) => ({ leadId, version, customerId: customer(random), value: 1 }));
  const { standing, history } = split(all.map((data) => versionOf('lead.signed', data, data.version)));
  const customerId = all.at(-1)?.customerId ?? null;
  return write(
    factOf('leadStatus', JSON.stringify([leadId, 'lead.signed']), standing),
    { kind: 'leadStatus', leadId, type: 'lead.signed', at: 1, day: 0, customerId },
    { history },
  );
}

function someLead(random: Random, leadId: string, source: string): FactWrite {
  const contact = (): object => (random.chance(0.6) ? { contactHash: `H${random.below(4)}` } : {});
  const all = versions(random, (version) => leadWrite(leadId, 1, { source, version, ...contact() }));
  const { standing, history } = split(all.flatMap(({ fact }) => fact.versions));
  const last = all.at(-1) ?? leadWrite(leadId, 1, { source });
  return write({ ...last.fact, versions: standing }, last.columns, { history });
}

const all = ({ fact, history }: Pick<FactWrite, 'fact' | 'history'>) => [...fact.versions, ...history];
const names = (one: Pick<FactWrite, 'fact' | 'history'>, test: (version: FactVersion) => boolean) => all(one).some(test);
const keyed = (facts: readonly FactWithHistory[]) => facts.map(({ fact, history }) => `${fact.key} ${history.length}`).sort();
const sorted = (writes: readonly FactWrite[]) => writes.map(({ fact, history }) => `${fact.key} ${history.length}`).sort();

it('[R21] every entity comes once, with everything that any version of it names', async () => {
  const random = seededRandom(testSeed('ledger snapshot'));
  for (let round = 0; round < 8; round++) {
    store = openThreadlessStore({ now: () => 1, timeZone: 'UTC' });
    const orders = Array.from({ length: 30 }, (_, i) => someOrder(random, `o${i}`));
    const refunds = Array.from({ length: 20 }, (_, i) => someRefund(random, `r${i}`));
    const leads = Array.from({ length: 8 }, (_, i) => someLead(random, `L${i % 5}`, i < 5 ? '/a' : '/b'));
    const signings = Array.from({ length: 5 }, (_, i) => someSigning(random, `L${i}`));
    const mentions = Array.from({ length: 7 }, (_, i) => mentionWrite({ mentionId: `m${i}` }));
    await store.write((tx) => tx.putFacts([...orders, ...refunds, ...leads, ...signings, ...mentions]));

    const leadsOf = (one: FactWrite) =>
      sorted(
        leads.filter(
          ({ columns }) => columns.kind === 'lead' && names(one, ({ data }) => 'leadId' in data && data.leadId === columns.leadId),
        ),
      );
    const orderOf = (orderKey: string) => {
      const order = orders.find(({ fact }) => fact.key === orderKey);
      const naming = refunds.filter((one) => names(one, ({ data }) => 'orderId' in data && factKey(SOURCE, data.orderId) === orderKey));
      return { orderKey, order: order ? sorted([order]) : [], refunds: sorted(naming), leads: order ? leadsOf(order) : [] };
    };
    const orderKeys = new Set([
      ...orders.map(({ fact }) => fact.key),
      ...refunds.flatMap((one) => all(one).flatMap(({ data }) => ('orderId' in data ? [factKey(SOURCE, data.orderId)] : []))),
    ]);
    const customerOf = ({ data }: FactVersion) =>
      'buyerId' in data ? (data.customerId ?? data.buyerId) : 'value' in data ? data.customerId : null;
    const customerIds = new Set([...orders, ...signings].flatMap((one) => all(one).map(customerOf)).filter((id) => typeof id === 'string'));
    const leadMembers = (leadId: string) => [
      leadId,
      sorted(leads.filter(({ columns }) => columns.kind === 'lead' && columns.leadId === leadId)),
      sorted(signings.filter(({ columns }) => columns.kind === 'leadStatus' && columns.leadId === leadId)),
    ];
    const contacts = new Map<string | null, Set<string>>();
    for (const one of leads)
      for (const { data } of all(one)) {
        if (!('touch' in data) || !('leadId' in data)) continue;
        const contact = data.contactHash ?? null;
        contacts.set(contact, (contacts.get(contact) ?? new Set()).add(data.leadId ?? ''));
      }
    const ofContacts = [...contacts].flatMap(([contact, ids]): { contact: string | null; leads: unknown[] }[] => {
      const members = [...ids].sort().map(leadMembers);
      return contact === null ? members.map((one) => ({ contact, leads: [one] })) : [{ contact, leads: members }];
    });
    const expected = [
      ...ofContacts,
      ...[...orderKeys].map(orderOf),
      ...[...customerIds].map((customerId) => ({
        customerId,
        orders: orders.filter((one) => names(one, (version) => customerOf(version) === customerId)).map(({ fact }) => orderOf(fact.key)),
        signings: signings
          .filter((one) => names(one, (version) => customerOf(version) === customerId))
          .map((one) => [sorted([one]), leadsOf(one)]),
      })),
      ...mentions.map((one) => ({ fact: sorted([one]) })),
    ];

    const snapshot = openSnapshot(join(store.folder, 'store.db'), 3);
    const orderShown = (members: {
      orderKey: string;
      order: FactWithHistory | undefined;
      refunds: readonly FactWithHistory[];
      leads: readonly FactWithHistory[];
    }) => ({
      orderKey: members.orderKey,
      order: members.order ? keyed([members.order]) : [],
      refunds: keyed(members.refunds),
      leads: keyed(members.leads),
    });
    const shownOf = ({ entity, members }: EntityMembers) => {
      if (entity === 'order') return orderShown(members);
      if (entity === 'contact') {
        const { contact, leads: ofContact } = members;
        return { contact, leads: ofContact.map(({ leadId, facts, signings: signed }) => [leadId, keyed(facts), keyed(signed)]) };
      }
      if (entity === 'fact') return { fact: keyed([members]) };
      return {
        customerId: members.customerId,
        orders: members.orders.map(orderShown),
        signings: members.signings.map(({ signing, leads: facts }) => [keyed([signing]), keyed(facts)]),
      };
    };
    const shown = [...snapshot.entities()].flat().map(shownOf);
    expect(snapshot.total).toBe(shown.length);
    snapshot.close();
    const byText = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one, inOrder)).sort();
    expect(byText(shown)).toEqual(byText(expected));
    const shares = [0, 1, 2].map((index) => {
      const beside = openSnapshot(join(store?.folder ?? '', 'store.db'), 3);
      const part = [...beside.entities({ index, of: 3 })].flat().map(shownOf);
      beside.close();
      return part;
    });
    expect(byText(shares.flat())).toEqual(byText(expected));
    expect(shares.every((part) => part.length > 0)).toBe(true);
    await store.close();
    removeStore(store);
    store = undefined;
  }
});

/** The order within lists of orders says nothing. */
function inOrder(name: string, value: unknown): unknown {
  const listed = name === 'orders' || name === 'signings';
  return listed && Array.isArray(value) ? value.map((one: unknown) => JSON.stringify(one)).sort() : value;
}
