/** Setting policies and targets: a new row each time, so that what was in force when can be told. */
import type { Target } from '../../../../shared/kpi/targets.ts';
import type { StoreTx } from '../../../pipeline/ports.ts';
import { policiesInForce, targetsInForce } from '../settings.ts';
import type { TxContext } from './context.ts';
import { preparer } from './context.ts';

/** One text for one dimension whatever the order of its names. */
const dimensionText = (target: Target): string =>
  JSON.stringify(Object.entries(target.dimension ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));

export function settingsPart(context: TxContext): Pick<StoreTx, 'policies' | 'putPolicy' | 'targets' | 'putTargets'> {
  const run = preparer(context.db);
  return {
    policies: async () => policiesInForce(run, context.now()),
    async putPolicy(name, { value, owner, reason, effectiveFrom, setAt }) {
      run(
        `insert into policies (name, version, value, owner, reason, effective_from, set_at)
         select ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5, ?6 from policies where name = ?1`,
      ).run(name, JSON.stringify(value), owner, reason, effectiveFrom, setAt);
    },
    targets: async () => targetsInForce(run, context.now()),
    async putTargets(targets, setAt) {
      for (const target of targets) {
        const effectiveAt = target.effectiveFrom === undefined ? setAt : Date.parse(target.effectiveFrom);
        run('insert into targets (kpi, grain, period, dimension, effective_at, set_at, document) values (?, ?, ?, ?, ?, ?, ?)').run(
          target.kpi,
          target.grain,
          target.period,
          dimensionText(target),
          effectiveAt,
          setAt,
          JSON.stringify(target),
        );
      }
    },
  };
}
