/**
 * The server as a program: imported for its effect by `warroom serve`, or run directly. It reads the settings before anything
 * else is loaded, so that a wrong one is refused in a fifth of the time that a start takes.
 */
import { loadConfig } from './config.ts';

function refuse(reason: string): void {
  process.stderr.write(`warroom: ${reason}\n`);
  process.exit(1);
}

const config = loadConfig(process.env);
if ('error' in config) refuse(config.error);
else {
  const { runServer } = await import('./compose/run-server.ts');
  await runServer(config, refuse);
}
