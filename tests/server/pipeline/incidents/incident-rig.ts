/** The SQLite store without its threads, and mentions put into it as the fold would, for tests of incidents and deadlines. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factKey, type Fact, type FactVersion } from '../../../../server/domain/facts.ts';
import { admit, draftFact, openDraft, type Draft } from '../../../../server/domain/fold/admit.ts';
import type { MentionChange, MentionIntakeContext } from '../../../../server/domain/fold/mention-change.ts';
import { mentionColumns } from '../../../../server/domain/fold/mention.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { openIncidents } from '../../../../server/pipeline/incidents/intake.ts';
import { createIncidentService } from '../../../../server/pipeline/services/incidents.ts';
import { createCommit, type Commit } from '../../../../server/pipeline/ports/commit.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { Touched } from '../../../../server/pipeline/ports/transaction.ts';
import type { IncidentService } from '../../../../server/pipeline/services/services.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { PolicyName, PolicyValues } from '../../../../shared/kpi/targets.ts';
import type { AuditLine, IncidentDetail } from '../../../../shared/incidents/types.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';
import { openThreadlessStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';

/** 2026-11-23T04:44:56Z */
export const T0 = 1_795_409_096_000;
export const calendar = createCalendar('Asia/Shanghai');
const SOURCE = 'urn:monitor';

type MentionEvent = 'sentiment.mention' | 'sentiment.reclassified' | 'sentiment.deleted';
/** One event about a mention; `receivedAt` defaults to the rig's clock, publication to a minute before it and before detection. */
export interface Published {
  readonly type?: MentionEvent;
  readonly id: string;
  readonly version?: number;
  readonly occurredAt?: number;
  readonly data?: Record<string, unknown>;
}

export interface Rig {
  readonly store: ThreadlessStore;
  readonly time: ManualTime;
  readonly service: IncidentService;
  readonly commits: { readonly touched: readonly Touched[]; readonly at: number }[];
  policy<N extends PolicyName>(name: N, value: PolicyValues[N]): Promise<void>;
  /** Puts these events into the store in one transaction; resolves to what intake answered. */
  publish(...events: Published[]): Promise<readonly Touched[]>;
  /** Every open incident with what comes with it. */
  open(): Promise<readonly IncidentDetail[]>;
  /** Every audit line, oldest first. */
  trail(id: string): Promise<readonly AuditLine[]>;
  /** Closes the store and opens its file again, as a restart would. */
  restart(): Promise<void>;
  /** The service over this store, or over another one. */
  serving(store: Pick<Store, 'write'>): IncidentService;
  /** Commits to this store, or to another one; what was touched is added to `commits`. */
  committing(store?: Pick<Store, 'write'>): Commit;
  /** What intake is told of how our clock may be wrong; nothing unless a test sets it. */
  otherwise: NonNullable<MentionIntakeContext['otherwise']>;
  /** Number of the epoch of the clock that receipts are stamped with. */
  epoch: number;
  close(): Promise<void>;
}

export const keyOf = (id: string): string => factKey(SOURCE, id);
export const at = (ms: number): string => new Date(ms).toISOString();

function versionOf(event: Published, now: number, epoch: number): FactVersion {
  const type = event.type ?? 'sentiment.mention';
  const version = event.version ?? 1;
  const plain = { mentionId: event.id, version, ...event.data };
  const data = type === 'sentiment.mention' ? { platform: '微博', brand: '山澜', text: '漏水', label: 'negative', ...plain } : plain;
  const found = event.data?.['detectedAt'];
  const occurredAt = event.occurredAt ?? Math.min(now, typeof found === 'string' ? Date.parse(found) : now) - 60_000;
  const body = JSON.stringify(data);
  return {
    type,
    version,
    occurredAt,
    receivedAt: now,
    ...(epoch > 0 && { epoch }),
    data: data as EventData<MentionEvent>,
    body,
  } as FactVersion;
}

/** @param start wall clock at the beginning, UTC ms */
export async function incidentRig({ start = T0, timeZone = 'Asia/Shanghai' } = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'incidents-'));
  const time = new ManualTime(start);
  const commits: Rig['commits'] = [];
  const open = () => openThreadlessStore({ folder, timeZone, now: () => time.now() });
  const committing = (store: Pick<Store, 'write'>) => createCommit(store, time, (touched, when) => commits.push({ touched, at: when }));
  const exposure = async () => undefined;
  const serve = (store: ThreadlessStore) =>
    createIncidentService({ reads: store.reads, commit: committing(store), calendar, clock: time, exposure });
  let store: ThreadlessStore = open();
  let service = serve(store);

  const rig: Rig = {
    get store() {
      return store;
    },
    get service() {
      return service;
    },
    time,
    commits,
    otherwise: [],
    epoch: 0,
    serving: (other) => createIncidentService({ reads: store.reads, commit: committing(other), calendar, clock: time, exposure }),
    committing: (other = store) => committing(other),
    async policy(name, value) {
      const now = time.now();
      await store.write((tx) => tx.putPolicy(name, { value, owner: 'test', reason: 'test', effectiveFrom: now, setAt: now }));
    },
    publish: (...events) =>
      store.write(async (tx) => {
        const now = time.now();
        const policies = await tx.policies();
        const columns = (fact: Fact) => mentionColumns(fact, calendar, policies.polarity.threshold);
        const drafts = new Map<string, Draft>();
        for (const event of events) {
          const key = keyOf(event.id);
          const draft = drafts.get(key) ?? openDraft('mention', key, SOURCE, (await tx.factsByKey('mention', [key])).get(key));
          drafts.set(key, draft);
          admit(draft, versionOf(event, now, rig.epoch), undefined);
        }
        const all = [...drafts.values()].map((draft): MentionChange => {
          const { before, history: passed } = draft;
          const after = draftFact(draft);
          return { before, after, columnsBefore: before && columns(before), columns: columns(after), passed };
        });
        await tx.putFacts(all.map((c) => ({ fact: c.after, columns: c.columns, history: c.passed, isNew: c.before === undefined })));
        return openIncidents(tx, all, { now, policies, otherwise: rig.otherwise });
      }),
    async open() {
      const { rows } = await store.reads.incidents({ open: true, limit: 1_000, after: null });
      const details = await Promise.all(rows.map(({ id }) => store.reads.incident(id)));
      return details.filter((detail) => detail !== undefined);
    },
    async trail(id) {
      return (await store.reads.audit(id, { limit: 1_000, after: null }))?.rows.toReversed() ?? [];
    },
    async restart() {
      await store.close();
      store = open();
      service = serve(store);
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await rig.policy('brands', { own: ['山澜'], tracked: [] });
  return rig;
}
