/** Clocks whose deadline lies in a period are found without looking at the others (K25). */
export const sql = `
create index clocks_by_deadline on clocks (due_at, state, stopped_at);
`;
