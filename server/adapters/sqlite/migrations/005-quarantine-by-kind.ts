/**
 * Quarantined records are counted, filtered and worked through by code and topic. Their rows hold the raw bytes,
 * so all of that happens in this index: a hundred thousand records are counted in milliseconds.
 */
export const sql = `
create index quarantine_by_kind on quarantine (state, code, topic, id);
`;
