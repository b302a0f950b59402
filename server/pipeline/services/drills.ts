/** Drills: a marked crisis goes through the live path, outside every figure, and is timed hop by hop. */
import type { DrillDocument, DrillReport, drillHops } from '../../../shared/incidents/drill.ts';
import type { AuditLine } from '../../../shared/incidents/types.ts';
import { incidentId } from '../../domain/incidents/story.ts';
import { DRILL_SOURCE, drillStory } from '../../domain/synthetic.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { OutboxReads } from '../ports/outbox.ts';
import type { StoreReads } from '../ports/reads.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';

export interface DrillService {
  start(document: DrillDocument): Promise<DrillReport | Refusal>;
  report(id: string): Promise<DrillReport | Refusal>;
}
export interface DrillServiceParts {
  readonly reads: Pick<StoreReads, 'policies' | 'incident' | 'audit'> & Pick<OutboxReads, 'messages'>;
  /** Into event intake, as any client would; resolves to whether all were taken. */
  readonly submit: (events: readonly Readonly<Record<string, unknown>>[]) => Promise<boolean>;
  readonly clock: ClockPort;
  readonly newId: () => string;
}

const platforms = ['微博', '小红书', '抖音'] as const;
const MESSAGES = 200;
const AUDIT_LINES = 500;

/** A drill's id names the moment it was sent, so that its report is timed from there. */
const idAt = (now: number, random: string): string => `${now.toString(36)}-${random.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}`;
function sentAt(id: string): number | undefined {
  const [, time] = /^([0-9a-z]{8,9})-[A-Za-z0-9]{1,8}$/.exec(id) ?? [];
  return time === undefined ? undefined : Number.parseInt(time, 36);
}

export function createDrillService({ reads, submit, clock, newId }: DrillServiceParts): DrillService {
  async function report(id: string): Promise<DrillReport | Refusal> {
    const sent = sentAt(id);
    if (sent === undefined || sent > clock.now()) return refuse(404, 'unknown_drill', 'there is no drill with this id');
    const incident = await reads.incident(incidentId(drillStory(id)));
    const lines = incident === undefined ? [] : ((await reads.audit(incident.id, { limit: AUDIT_LINES, after: null }))?.rows ?? []);
    const found =
      incident === undefined ? [] : (await reads.messages({ incidentId: incident.id, limit: MESSAGES, after: null })).rows.toReversed();
    const first = (action: AuditLine['action'] | readonly AuditLine['action'][]): number | null =>
      least(lines.filter((line) => [action].flat().includes(line.action)).map(({ at }) => at));
    const at: Readonly<Record<(typeof drillHops)[number], number | null>> = {
      sent,
      received: incident?.hops.receivedAt ?? null,
      opened: first('opened'),
      messageWritten: least(found.map(({ createdAt }) => createdAt)),
      attemptBegun: least(found.flatMap(({ attempts }) => attempts.map((attempt) => attempt.at))),
      delivered: least(found.flatMap(({ state, endedAt }) => (state === 'sent' && endedAt !== null ? [endedAt] : []))),
      claimed: first('claimed'),
      responded: first('responded'),
      closed: first(['resolved', 'false_alarm']),
    };
    const hops = ['sent', 'received', 'opened', 'messageWritten', 'attemptBegun', 'delivered', 'claimed', 'responded', 'closed'] as const;
    return {
      id,
      state: incident === undefined ? 'starting' : at.closed === null ? 'running' : 'done',
      actor: incident?.mentions[0]?.author ?? null,
      incident: incident === undefined ? null : { id: incident.id, code: incident.code },
      hops: hops.map((hop) => {
        const when = at[hop];
        return { hop, at: when, afterMs: when === null ? null : when - sent };
      }),
      messages: found.map(({ step, person, contacts, state, createdAt, endedAt }) => ({
        ...{ step, person: person?.name ?? null, channels: contacts, state, writtenAt: createdAt },
        deliveredAt: state === 'sent' ? endedAt : null,
      })),
    };
  }

  return {
    report,
    async start({ actor, text }) {
      const brand = (await reads.policies()).brands.own[0];
      if (brand === undefined) return refuse(409, 'no_brands', 'a drill needs an own brand: set the policy brands first');
      const now = clock.now();
      const id = idAt(now, newId());
      const events = platforms.map((platform, i) => ({
        ...{ specversion: '1.0', id: `drill-${id}-${i}`, source: DRILL_SOURCE, type: 'sentiment.mention', subject: `drill-${id}-${i}` },
        time: new Date(now).toISOString(),
        data: {
          ...{ mentionId: `drill-${id}-${i}`, version: 1, platform, brand, storyId: id, label: 'negative', author: actor, reach: 100_000 },
          text: text ?? '演练：这是为检验告警而编造的舆情，请按真实流程处理',
        },
      }));
      if (!(await submit(events))) return refuse(409, 'not_taken', 'the events of the drill were not taken; nothing began');
      return report(id);
    },
  };
}

const least = (instants: readonly number[]): number | null => (instants.length === 0 ? null : Math.min(...instants));
