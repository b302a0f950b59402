/**
 * How parts say what happened, without knowing where it is written.
 *
 * Fields carry numbers, codes, ids of ours and names of topics; never what an event
 * holds (text, authors, titles, customers): logs outlive retention and travel.
 */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  /** Something failed that people should look at; `fields.error` may be an Error. */
  error(fields: LogFields, message: string): void;
  /** The last line before the process ends. */
  fatal(fields: LogFields, message: string): void;
}
