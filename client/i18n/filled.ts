/** The shape every language fills: the Chinese catalogue's keys with any words. */
export type Filled<T> = { readonly [K in keyof T]: T[K] extends string ? string : Filled<T[K]> };
