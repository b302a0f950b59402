/** Services in memory that behave: they remember, refuse and judge like the real ones, without store or log. */
import { unreadable, type ItemResult } from '../../../../shared/events/outcomes.ts';
import type { IncidentDetail } from '../../../../shared/incidents/types.ts';
import { policyDefaults, policySchemas, type PolicyName, type Target } from '../../../../shared/kpi/targets.ts';
import { createDecoder } from '../../../../server/pipeline/decode/decode.ts';
import type { MentionRow, QuarantineRow } from '../../../../server/pipeline/ports/reads.ts';
import { refuse } from '../../../../server/pipeline/ports/refusal.ts';
import type { KpiQuery, PolicyVersion, Readiness, Services } from '../../../../server/pipeline/services/services.ts';
import { decodeUtf8 } from '../../../../server/adapters/system/bytes.ts';

export interface FakeServices extends Services {
  /** Bodies of facts taken, by fact key. */
  readonly facts: Map<string, string>;
  readonly questions: KpiQuery[];
  /** When set, the door throws it. */
  fault: Error | null;
  ready: boolean;
  lastReceivedAt: number | null;
  /** Who let stopped sources go on. */
  resumedBy: string | null;
}

export function incidentFixture(): IncidentDetail {
  return {
    id: 'i-1',
    code: 'A1',
    version: 1,
    status: 'open',
    title: 'X5 漏水',
    brand: '山澜',
    storyId: null,
    openedAt: 1_000,
    publishedAt: 900,
    detectedAt: 950,
    owner: null,
    mentionCount: 1,
    platforms: ['微博'],
    reach: 10,
    response: null,
    clocks: [
      {
        name: 'response',
        generation: 1,
        startedAt: 950,
        dueAt: 7_200_950,
        state: 'armed',
        firedAt: null,
        latenessMs: null,
        stoppedAt: null,
      },
    ],
    mentions: [mentionFixture()].map(({ key: _key, brand: _brand, ...mention }) => mention),
    audit: [{ seq: 1, at: 1_000, actor: 'system', action: 'opened', detail: {} }],
  };
}

export function mentionFixture(): MentionRow {
  return {
    key: '/monitor M-1',
    brand: '山澜',
    mentionId: 'M-1',
    source: '/monitor',
    platform: '微博',
    author: null,
    title: null,
    text: '漏水',
    url: null,
    reach: 10,
    polarity: 'negative',
    publishedAt: 900,
    deleted: false,
  };
}

function quarantineFixture(): QuarantineRow {
  return {
    id: 1,
    state: 'open',
    code: 'invalid_data',
    path: 'data',
    message: 'x',
    position: 'http r#0',
    topic: 'sales',
    eventId: 'e-1',
    eventType: null,
    source: null,
    length: 3,
    sha256: 'ab',
    receivedAt: 1,
    closedBy: null,
    closedReason: null,
  };
}

export function fakeServices(now: () => number): FakeServices {
  const decode = createDecoder({ currency: 'CNY', decodeUtf8 });
  const incidents = new Map<string, IncidentDetail>([['i-1', incidentFixture()]]);
  const answers = new Map<string, IncidentDetail>();
  const policies = new Map<string, PolicyVersion>();
  let targets: readonly Target[] = [];
  let row: QuarantineRow = quarantineFixture();
  const kept = new TextEncoder().encode('bad');

  const services: FakeServices = {
    facts: new Map(),
    questions: [],
    fault: null,
    ready: true,
    lastReceivedAt: null,
    resumedBy: null,
    intake: {
      async submit(items, request) {
        if (services.fault) throw services.fault;
        services.lastReceivedAt = request.receivedAt;
        return items.map((bytes, index): ItemResult => {
          const decoded = decode(bytes, {}, now());
          if (!decoded.ok) {
            const { code, path, message } = decoded.rejection;
            return { index, id: decoded.id, outcome: unreadable.has(code) ? 'rejected' : 'quarantined', code, path, message };
          }
          const before = services.facts.get(decoded.key);
          const body = JSON.stringify(decoded.event.data);
          services.facts.set(decoded.key, before ?? body);
          const outcome = before === undefined ? 'accepted' : before === body ? 'duplicate' : 'quarantined';
          return { index, id: decoded.event.id, outcome, ...(outcome === 'quarantined' ? { code: 'id_conflict' as const } : {}) };
        });
      },
    },
    kpis: {
      async query(query) {
        services.questions.push(query);
        if (query.kpis.includes('no_such')) return refuse(400, 'unknown_kpi', 'no KPI is called that', { path: 'kpi' });
        return {
          asOf: new Date(query.asOf ?? now()).toISOString(),
          timeZone: 'Asia/Shanghai',
          values: [
            {
              kpi: 'net_sales',
              period: { grain: query.grain, start: '2026-11-01', end: '2026-12-01' },
              dimension: query.by === null ? null : { channel: null },
              value: 1,
              unit: 'minor',
              numerator: null,
              denominator: null,
              state: 'live',
              sample: 1,
              ruleVersion: 1,
            },
          ],
        };
      },
    },
    targets: {
      list: async () => targets,
      async put(next, { dryRun }) {
        if (!dryRun) targets = next;
        return next.map((target) => ({ target, change: 'added', previousValue: null }));
      },
    },
    policies: {
      async get(name) {
        if (!Object.hasOwn(policySchemas, name)) return refuse(404, 'unknown_policy', 'there is no such policy');
        return (
          policies.get(name) ?? {
            name: name as PolicyName,
            value: policyDefaults[name as PolicyName],
            version: 0,
            owner: null,
            reason: null,
            effectiveFrom: null,
          }
        );
      },
      async put(name, document) {
        const before = await services.policies.get(name);
        if ('refused' in before) return before;
        if (!policySchemas[name as PolicyName].safeParse(document.value).success)
          return refuse(422, 'invalid_policy', 'not what this policy holds', { path: 'value' });
        const after = {
          name: name as PolicyName,
          value: document.value,
          version: before.version + 1,
          owner: document.owner,
          reason: document.reason,
          effectiveFrom: now(),
        };
        policies.set(name, after);
        return after;
      },
    },
    incidents: {
      list: async ({ open }) => [...incidents.values()].filter((i) => (i.status === 'resolved') !== open).map(viewOf),
      get: async (id) => incidents.get(id),
      async command(id, command, receivedAt) {
        services.lastReceivedAt = receivedAt;
        const repeated = answers.get(command.commandId);
        if (repeated) return repeated;
        const before = incidents.get(id);
        if (!before) return refuse(404, 'unknown_incident', 'there is no such incident');
        if (before.version !== command.expectedVersion) return refuse(409, 'changed', 'it changed meanwhile', { present: before });
        const after: IncidentDetail = { ...before, version: before.version + 1, status: 'claimed', owner: command.actor };
        incidents.set(id, after);
        answers.set(command.commandId, after);
        return after;
      },
      pendingHistory: async () => ({ total: 1, rows: [mentionFixture()] }),
      async openHistory(mentionKey, by, receivedAt) {
        services.lastReceivedAt = receivedAt;
        if (mentionKey !== mentionFixture().key) return refuse(404, 'unknown_mention', 'there is no such mention');
        const opened = { ...incidentFixture(), id: 'i-2', owner: by.actor };
        incidents.set(opened.id, opened);
        return opened;
      },
    },
    quarantine: {
      list: async ({ state }) => ({ total: 1, rows: state === undefined || state === row.state ? [row] : [] }),
      raw: async (id) => (id === row.id ? kept : undefined),
      async replay(id, actor) {
        if (id !== row.id) return refuse(404, 'unknown_row', 'no such row');
        if (row.state !== 'open') return refuse(409, 'closed', 'closed already', { present: row });
        row = { ...row, state: 'replayed', closedBy: actor };
        return { index: 0, id: 'e-1', outcome: 'accepted' };
      },
      async discard(id, actor, reason) {
        if (id !== row.id) return refuse(404, 'unknown_row', 'no such row');
        if (row.state !== 'open') return refuse(409, 'closed', 'closed already', { present: row });
        row = { ...row, state: 'discarded', closedBy: actor, closedReason: reason };
        return { discarded: true };
      },
    },
    sources: {
      async resume(actor) {
        services.resumedBy = actor;
      },
    },
    snapshot: async (view) => ({
      view,
      epoch: 'e',
      revision: 1,
      state: { open: [], recent: [], pendingHistory: 0 },
      sentAt: now(),
    }),
    readiness: async () => readinessFixture(services.ready),
    startRealWorkspace: async () => refuse(409, 'already_real', 'this is the real workspace'),
  };
  return services;
}

function viewOf({ mentions: _mentions, audit: _audit, ...view }: IncidentDetail) {
  return view;
}

function readinessFixture(ready: boolean): Readiness {
  return {
    ready,
    reasons: ready ? [] : [{ code: 'store_unavailable', detail: 'the store does not answer' }],
    lag: 0,
    sources: [{ source: 'log', state: 'running', reason: null, detail: null, since: 1, lag: 0 }],
    streams: [{ stream: 'orders', lastReceivedAt: null, lastOccurredAt: null, budgetMs: 60_000 }],
    consumed: { applied: 0, older: 0, duplicate: 0, quarantined: 0, skipped: 0, tombstone: 0 },
    workspace: { demo: false },
    build: 'test',
  };
}
