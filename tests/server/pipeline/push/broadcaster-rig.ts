/** A broadcaster over views whose reads take the time and fail the way a test says, and screens that follow it as sockets do. */
import { createBroadcaster, type Broadcaster, type BroadcasterParts } from '../../../../server/pipeline/push/broadcaster.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { LedgerFault } from '../../../../server/pipeline/ports/ledger.ts';
import type { Touched } from '../../../../server/pipeline/ports/transaction.ts';
import { createProblems, type Problems } from '../../../../server/pipeline/ports/problems.ts';
import type { View } from '../../../../server/pipeline/push/view.ts';
import type { OverviewGroup } from '../../../../shared/wire/views/overview.ts';
import type { Patch, Snapshot } from '../../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../../shared/wire/views/all.ts';
import { everyView } from '../../../helpers/every-view.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

/** Four groups are enough to meet every rule: plain, throttled, moved by time alone, and an alarm. */
export const groupOf = { sales: 'today', leads: 'campaigns', content: 'hours', incidents: 'strip' } as const satisfies Partial<
  Record<Touched, OverviewGroup>
>;
export type Part = keyof typeof groupOf;
export const parts = Object.keys(groupOf) as Part[];
const groups = Object.values(groupOf);
type State = Record<string, number>;

/** What a screen holds: a snapshot with every patch since, applied only where it fits. */
export class Screen {
  state: State | null = null;
  revision = -1;
  gaps = 0;

  snapshot(message: Snapshot): void {
    this.state = { ...(message.state as unknown as State) };
    this.revision = message.revision;
  }

  patch(message: Patch): void {
    if (this.state === null) return;
    if (message.from !== this.revision) this.gaps++;
    Object.assign(this.state, message.groups);
    this.revision = message.revision;
  }
}

export interface BroadcasterRig {
  readonly time: ManualTime;
  readonly broadcaster: Broadcaster;
  readonly problems: Problems;
  /** The truth the views read. */
  readonly truth: State;
  readonly patches: Patch[];
  readonly screens: Set<Screen>;
  /** Most reads of one group that were ever under way together. */
  mostReads: number;
  readCount: number;
  /** How long the next read of a group takes, ms, and whether it fails. */
  nextRead: (group: string) => { readonly ms: number; readonly fails: boolean | LedgerFault };
  commit(...touched: Part[]): void;
  /** Lets time pass and everything it woke run. */
  pass(ms: number): Promise<void>;
  join(): Promise<Screen>;
}

const nothing = (name: ViewName): View => ({
  name,
  groups: [],
  affectedBy: () => [],
  refreshMs: {},
  throttleMs: {},
  read: () => Promise.reject(new Error('not a group')),
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** `mayWait`: groups that come from the ledger. */
export function broadcasterRig(refreshMs = 700, mayWait: readonly OverviewGroup[] = []): BroadcasterRig {
  const time = new ManualTime(1_000_000);
  const truth: State = Object.fromEntries(groups.map((group) => [group, 0]));
  const reading = new Map<string, number>();
  let watching = 0;

  async function read(group: string): Promise<number> {
    const { ms, fails } = rig.nextRead(group);
    rig.readCount++;
    reading.set(group, (reading.get(group) ?? 0) + 1);
    rig.mostReads = Math.max(rig.mostReads, reading.get(group) ?? 0);
    // A read sees one moment between its start and its end.
    const early = truth[group] ?? 0;
    if (ms > 0) await new Promise<void>((resolve) => void time.after(ms, resolve));
    reading.set(group, (reading.get(group) ?? 1) - 1);
    if (fails) throw new Unavailable(fails === true ? 'busy' : fails, 'away');
    return ms % 2 === 0 ? (truth[group] ?? 0) : early;
  }

  const view: View<'overview'> = {
    name: 'overview',
    groups,
    affectedBy: (touched) => (touched in groupOf ? [groupOf[touched as Part]] : []),
    refreshMs: { hours: refreshMs },
    throttleMs: { campaigns: 450 },
    mayWait,
    read: (group) => read(group) as never,
  };
  const problems = createProblems();
  const broadcaster = createBroadcaster({
    views: { ...(everyView(nothing) as BroadcasterParts['views']), overview: view },
    clock: time,
    timers: time,
    problems,
    epoch: 'e1',
  });

  const rig: BroadcasterRig = {
    time,
    broadcaster,
    problems,
    truth,
    patches: [],
    screens: new Set(),
    mostReads: 0,
    readCount: 0,
    nextRead: () => ({ ms: 0, fails: false }),
    commit(...touched) {
      for (const part of touched) truth[groupOf[part]] = (truth[groupOf[part]] ?? 0) + 1;
      broadcaster.onCommit(touched, time.now());
    },
    async pass(ms) {
      await turn();
      for (let left = ms; left > 0;) {
        const step = Math.min(left, Math.max(1, time.nextAt - time.monotonic()));
        time.pass(step);
        left -= step;
        await turn();
      }
    },
    async join() {
      const screen = new Screen();
      watching++;
      for (;;) {
        const snapshot = await broadcaster.snapshot('overview').catch(() => null);
        if (snapshot === null) {
          await new Promise<void>((resolve) => void time.after(200, resolve));
        } else if (snapshot.revision === broadcaster.positions().overview.revision) {
          screen.snapshot(snapshot);
          rig.screens.add(screen);
          return screen;
        }
      }
    },
  };
  broadcaster.connect({
    watched: (name) => name === 'overview' && watching > 0,
    publish(patch) {
      rig.patches.push(patch);
      for (const screen of rig.screens) screen.patch(JSON.parse(JSON.stringify(patch)) as Patch);
    },
  });
  return rig;
}
