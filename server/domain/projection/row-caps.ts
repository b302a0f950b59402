/**
 * How many rows each list of a screen gets [S7]. Decided here and nowhere else: a page draws every row it is sent, so that
 * what is left out is added up once, into a row of its own where rows are parts of a whole.
 */
export const rowCaps = {
  channels: 5,
  campaigns: 4,
  runs: 6,
  costs: 7,
  keywords: 4,
  moves: 4,
  anomalies: 3,
  stripCells: 3,
  laneMoves: 2,
  prices: 6,
  voices: 5,
  lanes: 5,
  promises: 4,
  owedAtStandup: 6,
  standupItems: 4,
  answersNamed: 4,
  calls: 4,
  heat: 5,
  platforms: 5,
} as const;

/** The rows that are shown, and those one more row stands for; `most` counts that row too. Nothing is left out alone. */
export function withRest<R>(rows: readonly R[], most: number): { readonly shown: readonly R[]; readonly rest: readonly R[] } {
  if (rows.length <= most) return { shown: rows, rest: [] };
  return { shown: rows.slice(0, most - 1), rest: rows.slice(most - 1) };
}
