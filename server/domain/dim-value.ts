/** A dimension's value; null is “has no such value” (未归属). `core` is 'true' or 'false'. */
export type DimValue = string | null;
