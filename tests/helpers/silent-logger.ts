/** A logger for tests that look at effects, not words. `LOG=1` lets it speak. */
import type { LogFields, Logger } from '../../server/pipeline/ports/logger.ts';

const say = (level: string) => (fields: LogFields, message: string) => {
  if (process.env['LOG']) process.stderr.write(`${level} ${message} ${JSON.stringify(fields)}\n`);
};
export const silentLogger: Logger = { debug: () => {}, info: say('info'), warn: say('warn'), error: say('error'), fatal: say('fatal') };
