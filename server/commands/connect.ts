/** What several commands need: the configuration, or one line that says what is wrong with it. */
import { loadConfig, type Config } from '../config.ts';

/** A command cannot do its work; the message is for people and says what to do. */
export class CommandFailed extends Error {}

export function configured(): Config {
  const config = loadConfig(process.env);
  if ('error' in config) throw new CommandFailed(config.error);
  return config;
}

/** Address of the server this machine would run. */
export function ownAddress(config: Pick<Config, 'host' | 'port'>): string {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${config.port}`;
}
