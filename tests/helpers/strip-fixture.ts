/** Strips of running clocks. */
import type { DayAnswers, StripCell, StripGroup } from '../../shared/wire/views/strip.ts';
import { fixtureNow } from './fixture-now.ts';

export const minutes = (n: number): number => n * 60_000;
export const nobodyLeft = { breached: 0, fire: 0, soon: 0, calm: 0 };

const day = (begun: number, answered: number, late: number): DayAnswers => ({ begun, answered, late });
/** A strip without cells after a day on which everything was answered in time. */
export const quietStrip: StripGroup = {
  cells: [],
  left: nobodyLeft,
  unclaimed: null,
  pendingHistory: 0,
  today: day(0, 0, 0),
  yesterday: day(3, 3, 0),
  responseMs: 7_200_000,
  praise: null,
};
export const answersToday = day(7, 4, 0);

export const stripCell = (id: string, title: string, leftMs: number, rest: Partial<StripCell> = {}): StripCell => ({
  incidentId: id,
  code: `A${id}`,
  title,
  status: 'open',
  owner: null,
  clock: 'response',
  dueAt: fixtureNow + leftMs,
  startedAt: fixtureNow + leftMs - 7_200_000,
  breachedAt: null,
  latenessMs: null,
  grade: null,
  round: 1,
  earlierBreached: false,
  paused: false,
  drill: false,
  ...rest,
});

/** Forty open stories, deadlines over, a second round and a drill, each with its severity. */
export const alarmStrip: StripGroup = {
  ...quietStrip,
  today: day(52, 9, 11),
  cells: [
    stripCell('7', '客服推诿退换', -(minutes(1) + 37_000), { breachedAt: fixtureNow - minutes(1), latenessMs: 900, grade: 'red' }),
    stripCell('12', 'X5 漏水视频', minutes(9) + 36_000, {
      grade: 'orange',
      round: 2,
      earlierBreached: true,
      status: 'claimed',
      owner: '林悦',
    }),
    stripCell('15', '演练：门店起火', minutes(47) + 20_000, { grade: 'yellow', drill: true }),
  ],
  left: { breached: 10, fire: 4, soon: 11, calm: 15 },
};
