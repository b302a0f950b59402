/**
 * GET and PUT /api/policies/<name>: the rules people set, each version kept with who set
 * it and why. What a rule decided about facts already stored is decided again in the
 * same transaction, so that no screen ever shows the new rule over old decisions.
 */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import { everyPolicyDefault, policySchemas, type Policies, type PolicyName } from '../../../shared/kpi/targets.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { closingsOf } from '../figures/closings.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Append, Commit } from '../ports/commit.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { StoreTx, Touched } from '../ports/transaction.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { policyValue } from './policy-value.ts';
import type { PolicyChange, PolicyDocument, PolicyService, PolicyVersion } from './setting-services.ts';

/** Applies a policy just written to what is stored; answers what may now look different. `before` = the policies until then. */
export type PolicyFollowUp = (
  tx: StoreTx,
  append: Append,
  policies: Policies,
  now: number,
  before: Policies,
) => Promise<readonly Touched[]>;

/** Looks at what a value refers to in the store; a refusal keeps it from being set. */
export type PolicyCheck = (tx: StoreTx, value: unknown) => Promise<Refusal | undefined>;

export interface PolicyServiceParts {
  readonly reads: StoreReads;
  readonly commit: Commit;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  readonly checks?: { readonly [N in PolicyName]?: PolicyCheck };
  readonly followUps: { readonly [N in PolicyName]?: PolicyFollowUp };
}

export function createPolicyService({ reads, commit, calendar, clock, checks = {}, followUps }: PolicyServiceParts): PolicyService {
  return {
    async get(name) {
      return isPolicy(name) ? inForce(reads, name, clock.now()) : unknown(name);
    },
    async put(name, document) {
      if (!isPolicy(name)) return unknown(name);
      const value = policyValue<unknown>(policySchemas[name], document.value);
      if (isRefusal(value)) return value;
      const now = clock.now();
      const effectiveFrom = document.effectiveFrom === undefined ? now : instantMs(document.effectiveFrom);
      if (effectiveFrom > now && followUps[name]) {
        return refuse(422, 'effective_later', `${name} is applied to what is stored when it is set; set it when it shall hold`, {
          path: 'effectiveFrom',
        });
      }
      const before = await inForce(reads, name, now);
      const repeated =
        before.version > 0 &&
        JSON.stringify(before.value) === JSON.stringify(value.value) &&
        before.owner === document.owner &&
        before.reason === document.reason &&
        (document.effectiveFrom === undefined || effectiveFrom === before.effectiveFrom);
      if (repeated) return before;
      const closed = await closedRefusal(name, document, effectiveFrom, now);
      if (closed) return closed;
      const refused = await commit(async (tx, touch, at, append) => {
        // No other write comes between this look and the commit.
        const standingVersion = await inForce(reads, name, at);
        if (document.basedOn !== undefined && standingVersion.version !== document.basedOn) return changedMeanwhile(standingVersion);
        const refusal = await checks[name]?.(tx, value.value);
        if (refusal) return refusal;
        const standing = await tx.policies();
        const moments = document.effectiveFrom === undefined ? fromNow(effectiveFrom, at, standingVersion) : { effectiveFrom, setAt: at };
        await tx.putPolicy(name, { value: value.value, owner: document.owner, reason: document.reason, ...moments });
        touch('policies', ...((await followUps[name]?.(tx, append, await tx.policies(), at, standing)) ?? []));
        return undefined;
      });
      if (refused) return refused;
      return latest(await reads.policyHistory(name), name);
    },
  };

  /** A rule dated back into a closed period would change what was agreed on; it takes a word that this is meant (S48). */
  async function closedRefusal(
    name: PolicyName,
    { effectiveFrom: said, restate }: PolicyDocument,
    effectiveFrom: number,
    now: number,
  ): Promise<Refusal | undefined> {
    if (restate || said === undefined || !decidesFigures.has(name)) return undefined;
    const day = (await closingsOf(reads, calendar)).firstClosedDay(calendar.dayOf(effectiveFrom), now);
    if (day === undefined) return undefined;
    const detail = `${calendar.formatDay(day)} is closed and keeps the rule it closed with; restate: true changes it all the same and shows the difference beside the closed figures`;
    return refuse(422, 'closed_period', detail, { path: 'effectiveFrom' });
  }
}

/** Policies by which figures are computed. */
const decidesFigures: ReadonlySet<PolicyName> = new Set(['brands', 'polarity', 'readings']);

const isPolicy = (name: string): name is PolicyName => Object.hasOwn(policySchemas, name);

const unknown = (name: string) =>
  refuse(404, 'unknown_policy', `no policy is called “${name}”; there are ${Object.keys(policySchemas).join(', ')}`);

/** What somebody set in the meantime is not overwritten by whoever has not seen it. */
function changedMeanwhile(present: PolicyVersion): Refusal {
  const detail = `${present.owner ?? 'somebody'} has set version ${present.version} in the meantime; nothing was set`;
  return refuse(409, 'changed_meanwhile', detail, { path: 'basedOn', present });
}

/**
 * What is set without a date follows the version that stands, also while the clock of this machine lies behind the moment
 * from which that one holds [T8]: it was set later, whatever the clock tells.
 */
function fromNow(now: number, at: number, { effectiveFrom }: PolicyVersion): Pick<PolicyChange, 'effectiveFrom' | 'setAt'> {
  const from = Math.max(now, effectiveFrom ?? now);
  return { effectiveFrom: from, setAt: Math.max(at, from) };
}

type History = Awaited<ReturnType<StoreReads['policyHistory']>>;

/** The version that stands: of what is effective the latest effective date wins, then the later word. Version 0 is the default nobody set. */
async function inForce(reads: StoreReads, name: PolicyName, now: number): Promise<PolicyVersion> {
  const history = await reads.policyHistory(name);
  const effective = history.filter((row) => row.effectiveFrom <= Math.max(now, row.setAt));
  effective.sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version);
  return presented(effective.at(-1), history, name);
}

/** The highest version of a history. */
function latest(history: History, name: PolicyName): PolicyVersion {
  return presented([...history].sort((a, b) => a.version - b.version).at(-1), history, name);
}

function presented(chosen: History[number] | undefined, versions: History, name: PolicyName): PolicyVersion {
  // Each version of a roster holds thousands of shifts: its history says who changed it when and why, not to what.
  const history = name === 'roster' ? versions.map((version) => ({ ...version, value: null })) : versions;
  if (!chosen) return { name, value: everyPolicyDefault[name], version: 0, owner: null, reason: null, effectiveFrom: null, history };
  const { value, version, owner, reason, effectiveFrom } = chosen;
  return { name, value, version, owner, reason, effectiveFrom, history };
}
