/** What consumption made of records, counted for people and for metrics. */
export const consumptions = ['applied', 'older', 'duplicate', 'quarantined', 'skipped', 'tombstone'] as const;
export type Consumption = (typeof consumptions)[number];
export type Counts = Record<Consumption, number>;

export function noCounts(): Counts {
  return { applied: 0, older: 0, duplicate: 0, quarantined: 0, skipped: 0, tombstone: 0 };
}

export function sumOfCounts(a: Readonly<Counts>, b: Readonly<Counts>): Counts {
  const sum = noCounts();
  for (const what of consumptions) sum[what] = a[what] + b[what];
  return sum;
}
