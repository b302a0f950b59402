/** Words that all desk pages share, 简体中文. */
import type { KpiReason, KpiState } from '../../../shared/kpi/types.ts';

export const kitZhCN = {
  light: '浅色',
  dark: '深色',
  loading: '正在取数',
  failed: '这一块取不到',
  changedMeanwhile: '别人刚刚改过，没有保存；再看一遍会改什么，再保存',
  notThere: '服务器还没有这一项',
  unreachable: '服务器没有应答',
  retry: '再试一次',
  old: '下面是较早的数：{{why}}',
  none: '—',
  noValue: '没有数',
  unattributed: '未归属',
  others: '其他 {{count}} 项',
  rule: '规则第 {{version}} 版',
  sample: '样本 {{count}}',
  asOf: '截至 {{time}}',
  copy: '复制',
  copied: '已复制',
  copyFailed: '没有复制成功',
  export: '导出',
  exportCsv: 'CSV',
  exportXlsx: 'Excel (XLSX)',
} as const;

/** Why a figure has no value or a weak one, by its code. */
export const reasonZhCN = {
  no_denominator: '分母是 0',
  negative_denominator: '分母是负数，比率没有意义',
  small_sample: '样本太少',
  no_target: '没有设目标',
  no_base: '没有可比的过去',
  no_brand: '没有设自有品牌',
  no_campaign: '没有活动',
  not_over: '这一期还没有结束',
  zero_target: '目标是 0',
  overflow: '金额超出可精确计算的范围',
  not_added: '这些分项不能合并成一个值',
} as const satisfies Readonly<Record<KpiReason, string>>;

export const stateZhCN = { live: '进行中', settling: '结算中', closed: '已结算', restated: '已重述' } as const satisfies Readonly<
  Record<KpiState, string>
>;

export const dimensionZhCN = {
  channel: '渠道',
  region: '区域',
  category: '品类',
  core: '核心产品',
  campaign: '活动',
  platform: '平台',
  line: '费用线',
  kind: '费用类别',
  brand: '品牌',
} as const;

export const grainZhCN = { day: '日', week: '周', month: '月', quarter: '季', year: '年' } as const;
