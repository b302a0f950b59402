/** Words of the pages of numbers, 简体中文. */
export const numbersZhCN = {
  title: '指标',
  kpi: '指标',
  value: '数值',
  target: '目标',
  state: '状态',
  period: '期间',
  empty: '没有指标',
} as const;
