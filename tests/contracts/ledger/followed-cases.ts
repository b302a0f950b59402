/** Of things, those that something happened to afterwards; only what sums above 0 is there. */
import { expect, test } from 'vitest';
import type { DimValue } from '../../../server/domain/dim-value.ts';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import type { FollowedQuestion } from '../../../server/pipeline/ports/ledger.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { noon, salesRow, sorted } from './samples.ts';

interface Engaged {
  readonly entity?: string;
  readonly person?: DimValue;
  readonly platform?: DimValue;
  readonly touch?: DimValue;
  readonly day?: number;
  readonly at?: number;
  readonly sign?: 1 | -1;
  readonly since?: number;
  readonly received?: number;
}

function engaged({
  entity = 'e',
  person = 'A',
  platform = 'weibo',
  touch = 'earned',
  day = 0,
  sign = 1,
  ...more
}: Engaged = {}): LedgerRow {
  const at = more.at ?? noon(day);
  const { since = at, received = at } = more;
  return {
    family: 'audience',
    kind: 'audience',
    entity,
    at,
    since,
    received,
    cause: 'new',
    dims: [person, platform, null, touch, 'like'],
    measures: [sign],
  };
}

function lead(entity: string, day: number, contact: DimValue, touch = 'earned', customer: DimValue = null): LedgerRow {
  const at = noon(day);
  const dims = ['web', null, null, touch, contact, customer, 'reachable inside first', null];
  return { family: 'leads', kind: 'lead', entity, at, since: at, received: at, cause: 'new', dims, measures: [1, 0] };
}

const leads = { family: 'leads', things: ['contact', 'customer'], measures: ['leads'], where: [] } as const;
const orders = { family: 'sales', things: ['buyer', 'customer'], measures: ['paid', 'holds'], where: [] } as const;

function question(more: Partial<FollowedQuestion> = {}): FollowedQuestion {
  const range = { family: 'audience', unit: 'day', from: -1_000, to: 1_000, where: [], by: [] } as const;
  const what = { of: 'person', measure: 'engagements', followers: [leads, orders], withinMs: 7 * 86_400_000, settledUpTo: 0 };
  return { ask: 'followed', ...range, ...what, ...more };
}

export function registerFollowedCases(ledgers: LedgerCase): void {
  test('a person counts once, and is followed by what comes from the same instant up to the last of the window', async () => {
    const { ledger } = await ledgers.open([
      [
        engaged({ entity: 'e1', person: 'same' }),
        engaged({ entity: 'e2', person: 'same', day: 3 }),
        salesRow({ entity: 'o1', buyer: 'same', at: noon(0), orders: 1 }),
        engaged({ entity: 'e3', person: 'last' }),
        salesRow({ entity: 'o2', buyer: 'last', at: noon(7), paid: 5 }),
        engaged({ entity: 'e4', person: 'late' }),
        salesRow({ entity: 'o3', buyer: 'late', at: noon(7) + 1, paid: 5 }),
        engaged({ entity: 'e5', person: 'before' }),
        salesRow({ entity: 'o4', buyer: 'before', at: noon(0) - 1, paid: 5 }),
        engaged({ entity: 'e6', person: 'contact' }),
        lead('l1', 2, 'contact'),
        engaged({ entity: 'e7', person: 'customer' }),
        lead('l2', 2, null, 'paid', 'customer'),
        engaged({ entity: 'e8', person: 'stranger' }),
        engaged({ entity: 'e9', person: null }),
      ],
    ]);
    const settledUpTo = noon(2);
    expect(await ledger.ask([question({ settledUpTo })])).toEqual([[{ dims: [], count: 7, followed: 4, known: 6, settled: 6 }]]);
  });

  test('rows that sum to 0 are neither an engagement nor what follows one', async () => {
    const { ledger } = await ledgers.open([
      [
        engaged({ entity: 'e1', person: 'gone' }),
        engaged({ entity: 'e1', person: 'gone', sign: -1, since: noon(1) }),
        engaged({ entity: 'e2', person: 'A' }),
        salesRow({ entity: 'o1', buyer: 'A', day: 1, paid: 5, orders: 1 }),
        salesRow({ entity: 'o1', buyer: 'A', day: 1, paid: -5, orders: -1, since: noon(4) }),
      ],
    ]);
    const cuts = [{}, { asOf: noon(3) }, { asOf: noon(1) - 1 }];
    const answers = await ledger.ask(cuts.map((cut) => question({ cut })));
    expect(answers.map(([row]) => [row?.count, row?.followed, row?.known])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [2, 0, 0],
    ]);
    expect(await ledger.ask([question({ from: 5 })])).toEqual([[]]);
  });

  test('[R21] what was not received yet has not followed', async () => {
    const { ledger } = await ledgers.open([[engaged(), salesRow({ buyer: 'A', day: 1, paid: 5, received: noon(9) })]]);
    const answers = await ledger.ask([{ knownAt: noon(8) }, { knownAt: noon(9) }].map((cut) => question({ cut })));
    expect(answers.map(([row]) => [row?.count, row?.followed])).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  test('conditions of what follows: some values only, and of a thing only its first', async () => {
    const { ledger } = await ledgers.open([
      [
        engaged({ entity: 'e1', person: 'A' }),
        salesRow({ entity: 'o1', buyer: 'A', day: -9, orders: 1 }),
        salesRow({ entity: 'o2', buyer: 'A', day: 1, orders: 1 }),
        engaged({ entity: 'e2', person: 'B' }),
        salesRow({ entity: 'o3', buyer: 'B', day: 1, orders: 1 }),
        engaged({ entity: 'e3', person: 'C' }),
        lead('l1', 1, 'C', 'paid'),
        engaged({ entity: 'e4', person: 'D', touch: 'paid' }),
        lead('l2', 1, 'D'),
      ],
    ]);
    const where = [{ dim: 'touch', value: 'earned' }];
    const followers = [
      { ...leads, where },
      { ...orders, measures: ['holds'], firstOnly: true },
    ] as const;
    expect(await ledger.ask([question({ where, followers })])).toEqual([[{ dims: [], count: 3, followed: 1, known: 3, settled: 0 }]]);
    expect(await ledger.ask([question({ followers })])).toEqual([[{ dims: [], count: 4, followed: 2, known: 4, settled: 0 }]]);
  });

  test('each group has its own people, and what follows an engagement of one group says nothing of the other', async () => {
    const { ledger } = await ledgers.open([
      [
        engaged({ entity: 'e1', platform: 'weibo', day: 0 }),
        engaged({ entity: 'e2', platform: 'red', day: 5 }),
        engaged({ entity: 'e3', platform: null, day: 5, person: 'B' }),
        salesRow({ buyer: 'A', day: 4, paid: 5 }),
      ],
    ]);
    const [rows] = await ledger.ask([question({ by: ['platform'] })]);
    expect(sorted(rows).map(({ dims, count, followed }) => [dims[0], count, followed])).toEqual([
      ['red', 1, 0],
      ['weibo', 1, 1],
      [null, 1, 0],
    ]);
  });
}
