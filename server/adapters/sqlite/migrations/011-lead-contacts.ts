/** The lead before another one of the same contact is found without looking at the others (R8). */
export const sql = `
create index leads_by_contact on leads (contact_hash, at, lead_id) where contact_hash is not null;
`;
