/** The shape every language fills: the Chinese catalogue's keys with any words. */
import type { zhCN } from './zh-cn.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Catalogue = Words<typeof zhCN>;
