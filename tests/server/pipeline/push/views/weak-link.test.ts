/** 晨会 and 客户 name one weak link. */
import { expect, it } from 'vitest';
import { funnelGap } from '../../../../../server/domain/projection/funnel-gap.ts';
import { weakLinkOf } from '../../../../../server/pipeline/push/views/weak-link-group.ts';
import { funnelCrowded, funnelEmpty, funnelOne, funnelUsual } from '../../../../helpers/funnel-fixture.ts';

it.each([
  ['a usual day', funnelUsual, 'convert'],
  ['no targets', funnelEmpty, null],
  ['hardly a lead', funnelOne, null],
  ['customers without a lead missing', funnelCrowded, 'direct'],
] as const)('[SU7] the stand-up names the stage the funnel names, with its shortfall: %s', (_name, { stages, gap }, stage) => {
  const { weak, stages: rows } = weakLinkOf(stages, gap, null);
  expect(weak?.stage ?? null).toBe(stage);
  expect(weak?.short).toBe(gap?.parts.find((part) => part.stage === gap.weakest)?.missing);
  const held = gap?.parts.filter((part) => part.held && part.stage !== 'direct').map(({ missing }) => missing) ?? [];
  expect(rows.flatMap(({ short }) => (short === null ? [] : [short]))).toEqual(held);
});

it('[SU7] the stage the funnel names is marked however few customers its rate stands on', () => {
  const stages = { ...funnelUsual.stages, repurchase: { rate: 0, customers: 19, target: 0.9, known: 1 } };
  const gap = funnelGap({
    ...{ leads: { actual: 9, planned: null }, conversion: { actual: null, planned: null }, customers: { actual: 9, planned: null } },
    retention: { actual: 0, planned: 0.9, customers: 19, yearShare: 0.08 },
  });
  expect(weakLinkOf(stages, gap, null).weak).toEqual({ stage: 'retain', short: gap?.missing });
});

it('[SU7] a target for the conversion stands there while no month is settled', () => {
  const rowOf = (target: number | null) => weakLinkOf({ ...funnelUsual.stages, conversion: null }, null, target).stages[1];
  expect(rowOf(0.13)).toMatchObject({ stage: 'convert', value: null, target: 0.13, attainment: null });
  expect(rowOf(null)).toMatchObject({ target: null });
  expect(weakLinkOf(funnelUsual.stages, null, 0.5).stages[1]?.target).toBe(funnelUsual.stages.conversion?.target);
});
