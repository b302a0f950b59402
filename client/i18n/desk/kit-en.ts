/** Words that all desk pages share, English. */
import type { Filled } from '../filled.ts';
import type { dimensionZhCN, grainZhCN, kitZhCN, reasonZhCN, stateZhCN } from './kit-zh-cn.ts';

export const kitEn: Filled<typeof kitZhCN> = {
  light: 'Light',
  dark: 'Dark',
  loading: 'Fetching',
  failed: 'This part cannot be fetched',
  changedMeanwhile: 'Somebody else has just changed this, so nothing was saved: look again at what would change, then save',
  notThere: 'The server does not have this yet',
  unreachable: 'The server does not answer',
  retry: 'Try again',
  old: 'These are earlier figures: {{why}}',
  none: '—',
  noValue: 'no value',
  unattributed: 'unattributed',
  others: '{{count}} others',
  rule: 'rule version {{version}}',
  sample: 'sample {{count}}',
  asOf: 'as of {{time}}',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied',
  export: 'Export',
  exportCsv: 'CSV',
  exportXlsx: 'Excel (XLSX)',
};

export const reasonEn: Filled<typeof reasonZhCN> = {
  no_denominator: 'the denominator is 0',
  negative_denominator: 'the denominator is negative, so there is no ratio',
  small_sample: 'the sample is too small',
  no_target: 'no target is set',
  no_base: 'there is no past to compare with',
  no_brand: 'no own brand is set',
  no_campaign: 'there is no campaign',
  not_over: 'the period is not over yet',
  zero_target: 'the target is 0',
  overflow: 'the amount is beyond what can be summed exactly',
  not_added: 'these cells cannot be put together',
};

export const stateEn: Filled<typeof stateZhCN> = { live: 'live', settling: 'settling', closed: 'closed', restated: 'restated' };

export const dimensionEn: Filled<typeof dimensionZhCN> = {
  channel: 'Channel',
  region: 'Region',
  category: 'Category',
  core: 'Core product',
  campaign: 'Campaign',
  platform: 'Platform',
  line: 'Budget line',
  kind: 'Kind of spend',
  brand: 'Brand',
};

export const grainEn: Filled<typeof grainZhCN> = { day: 'day', week: 'week', month: 'month', quarter: 'quarter', year: 'year' };
