/** Setting policies and targets, closing periods, deciding about campaigns: a new row each time, so that what was in force when can be told. */
import { instantMs } from '../../../../shared/events/rfc3339.ts';
import type { Target } from '../../../../shared/kpi/targets.ts';
import type { StoreTx } from '../../../pipeline/ports/transaction.ts';
import { rosterReader } from '../escalation-row.ts';
import { allClosings, closingsOf, effectivePolicies, effectiveRoster, effectiveTargets, policiesOf, targetsOf } from '../settings.ts';
import type { TxContext } from './context.ts';
import { remembered } from './remembered.ts';

/** One text for one dimension whatever the order of its names. */
const dimensionText = (target: Target): string =>
  JSON.stringify(Object.entries(target.dimension ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

type Settings = Pick<
  StoreTx,
  'policies' | 'roster' | 'putPolicy' | 'targets' | 'putTargets' | 'closings' | 'putClosing' | 'putCampaignDecision'
>;

/** Every transaction of this process reads the same roster, so it is parsed once for all of them. */
const rosterOf = rosterReader();

export function settingsPart({ transaction, now }: TxContext): Settings {
  const policies = remembered(async () => policiesOf(await transaction.objects(effectivePolicies, [now()])));
  const roster = remembered(async () => rosterOf((await transaction.objects(effectiveRoster, [now()]))[0]));
  return {
    policies: policies.get,
    roster: roster.get,
    async putPolicy(name, { value, owner, reason, effectiveFrom, setAt }) {
      policies.forget();
      roster.forget();
      transaction.run(
        `insert into policies (name, version, value, owner, reason, effective_from, set_at)
         select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5, ?6 from policies where name = ?1`,
        [name, JSON.stringify(value), owner, reason, effectiveFrom, setAt],
      );
    },
    closings: async () => closingsOf(await transaction.objects(allClosings, [])),
    async putClosing({ grain, period, at, owner, reason }) {
      transaction.run('insert into closings (grain, period, at, owner, reason) values (?, ?, ?, ?, ?)', [grain, period, at, owner, reason]);
    },
    async putCampaignDecision(decision, at) {
      transaction.run('insert into campaign_decisions (campaign_id, at, document) values (?, ?, ?)', [
        decision.campaignId,
        at,
        JSON.stringify(decision),
      ]);
    },
    targets: async () => targetsOf(await transaction.objects(effectiveTargets, [now()])),
    async putTargets(targets, setAt) {
      for (const target of targets) {
        const effectiveAt = target.effectiveFrom === undefined ? setAt : instantMs(target.effectiveFrom);
        transaction.run(
          'insert into targets (kpi, grain, period, dimension, effective_at, set_at, document) values (?, ?, ?, ?, ?, ?, ?)',
          [target.kpi, target.grain, target.period, dimensionText(target), effectiveAt, setAt, JSON.stringify(target)],
        );
      }
    },
  };
}
