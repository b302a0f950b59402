import type { Filled } from './filled.ts';
import type { zhCN } from './zh-cn.ts';

export type Catalogue = Filled<typeof zhCN>;
