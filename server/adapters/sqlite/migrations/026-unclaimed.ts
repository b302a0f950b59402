/** Stories nobody claimed, by deadline: every screen asks for the nearest one. */
export const sql = `
create index incidents_unclaimed on incidents (due_at, number) where status = 'open' and drill = 0;
`;
