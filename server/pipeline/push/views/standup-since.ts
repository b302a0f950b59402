/** What changed since the last workday: its net sales and why, new stories, closed days that later facts moved. */
import type { SinceGroup } from '../../../../shared/wire/views/standup.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import { periodOf } from '../../../domain/time/period.ts';
import { closingsOf } from '../../figures/closings.ts';
import type { AsOf, SumQuestion } from '../../ports/ledger.ts';
import type { ViewParts } from './view-parts.ts';
import { morningNow } from './standup-morning.ts';

/** A late fact may still move a day so long ago; the months before are a matter of the number pages. */
const DAYS_BACK = 35;
/** The day a week before has the same habits, unless one of the two is a day off. */
const WEEK = 7;

interface Sales {
  readonly paid: number;
  readonly refunded: number;
  readonly net: number;
}

export async function sinceGroup(parts: Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'nodesOf' | 'clock'>): Promise<SinceGroup> {
  const { reads, sums, calendar, clock } = parts;
  const now = clock.now();
  const { since, nodes } = await morningNow(parts);
  const sinceAt = calendar.startOfDay(since);
  // The like day before: a week earlier, where both are workdays or neither is; else the workday before.
  const like = nodes.kindOf(since - WEEK) === nodes.kindOf(since) ? since - WEEK : nodes.previousWorkday(since);

  const ofDays = async (from: number, to: number, cut: AsOf): Promise<ReadonlyMap<number, Sales>> => {
    const question: SumQuestion = { ask: 'sums', family: 'sales', unit: 'day', from, to, where: [], by: [], perBucket: true, cut };
    const rows = (await sums.sums([question]))[0] ?? [];
    return new Map(rows.flatMap(({ bucket, measures }) => (typeof bucket === 'number' ? [[bucket, salesOf(measures)] as const] : [])));
  };

  const book = await closingsOf(reads, calendar);
  const from = since - DAYS_BACK;
  const [nowKnown, thenKnown, stories] = await Promise.all([
    ofDays(from, since + 1, { asOf: now }),
    ofDays(from, since, { asOf: now, knownAt: sinceAt }),
    reads.storiesOpened(sinceAt),
  ]);
  const [own, before] = [nowKnown.get(since), nowKnown.get(like)];
  const moved: number[] = [];
  for (let day = from; day < since; day += 1) {
    const closedAt = book.closedAt(periodOf('day', day), now);
    if (closedAt === undefined || closedAt > sinceAt) continue;
    const difference = (nowKnown.get(day)?.net ?? 0) - (thenKnown.get(day)?.net ?? 0);
    if (difference !== 0) moved.push(difference);
  }
  return {
    since: calendar.formatDay(since),
    sales:
      own && before
        ? {
            net: own.net,
            like: calendar.formatDay(like),
            difference: own.net - before.net,
            orders: own.paid - before.paid,
            refunds: before.refunded - own.refunded,
            state: book.stateOf(periodOf('day', since), now),
          }
        : null,
    stories,
    restated: moved.length === 0 ? null : { days: moved.length, difference: moved.reduce((sum, each) => sum + each, 0) },
  };
}

type Measures = Parameters<typeof minus>;

function salesOf([paid = 0, refunded = 0]: readonly Measures[0][]): Sales {
  return { paid: fitting(paid) ?? 0, refunded: fitting(refunded) ?? 0, net: fitting(minus(paid, refunded)) ?? 0 };
}
