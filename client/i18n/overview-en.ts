/** Words of the overview alone, English: same keys as the Chinese ones. */
import type { Filled } from './filled.ts';
import type { overviewZhCN } from './overview-zh-cn.ts';

export const overviewEn: Filled<typeof overviewZhCN> = {
  ghost: { yesterday: 'Yesterday', weekday: 'Last {{weekday}}', node: '{{node}} last year', now: '{{day}} by now' },
  promises: {
    tally: '{{owed}} due, {{kept}} kept',
    left: '{{owed}} due, {{count}} more',
    tallyTitle: '{{owed}} due, {{kept}} kept, {{missed}} missed',
    empty: 'Nothing promised for today',
    emptyHint: 'Enter who, what and by when in the stand-up',
    state: { kept: 'kept', missed: 'missed', moved: 'moved' },
    overdue: 'late',
  },
  firstSteps: {
    title: 'A few steps and this wall has figures',
    hint: 'Open /settings on a computer; what is done is ticked here',
    name: { brands: 'Own brands', plan: 'A target', source: 'A source', calls: 'Alerts and duty' },
    why: {
      brands: 'so that negative mentions start a clock',
      plan: 'of a day, month, quarter or year: then gap and landing show',
      source: 'Kafka, HTTP or a file: figures show with the first event',
      calls: 'so that somebody is reached in time',
    },
    done: 'Done',
    open: 'To do',
  },
};
