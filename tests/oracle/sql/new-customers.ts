/** K10: customers whose first order or signing ever lies in the period (R6). */
import { countOf, type OracleSum } from './kpi.ts';

export const newCustomers: OracleSum = { id: 'new_customers', value: countOf('first_customer', 'customer') };
