/** The port these tables fill; the embedded log asks for it without knowing SQLite. */
export type { LogTables } from '../../pipeline/log-tables.ts';
