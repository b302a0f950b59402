/**
 * From start to exit code. SIGTERM and SIGINT drain and exit with 0; a second one, or ten
 * seconds, ends the process as it is, which the store survives. A bug ends it at once with a
 * last line that says so [I14]: going on with a state nobody understands would cost more.
 */
import type { Logger } from '../pipeline/ports/logger.ts';
import type { RunningServer } from './server.ts';

const DRAIN_MS = 10_000;
/** One Ctrl-C reaches the process two or three times: from the terminal, from npm, from the launcher. */
const SAME_PRESS_MS = 1_000;

export interface LifeCycle {
  /** Reports a bug and ends the process. */
  readonly onBug: (error: unknown) => void;
  /** From now on signals drain this server. */
  readonly serve: (server: RunningServer) => void;
}

/** @param logger not asked before something happens, so that it can be made later */
export function lifeCycle(logger: () => Logger): LifeCycle {
  let server: RunningServer | null = null;
  let askedAt: number | null = null;

  function onBug(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    logger().fatal({ error }, 'the server cannot go on');
    process.stderr.write(`warroom: stopped: ${message.split('\n')[0]}\n`);
    process.exit(1);
  }

  async function end(): Promise<void> {
    const late = setTimeout(() => {
      process.stderr.write('warroom: stopping took longer than ten seconds; ended as it is, nothing stored is lost\n');
      process.exit(1);
    }, DRAIN_MS);
    await server?.drain();
    clearTimeout(late);
    process.exit(0);
  }

  function asked(signal: NodeJS.Signals): void {
    const now = performance.now();
    if (askedAt === null) {
      askedAt = now;
      logger().info({ signal }, 'stopping');
      end().catch(onBug);
    } else if (now - askedAt > SAME_PRESS_MS) {
      process.stderr.write('warroom: ended at once\n');
      process.exit(130);
    }
  }

  process.on('SIGTERM', asked);
  process.on('SIGINT', asked);
  process.on('SIGHUP', asked);
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  return {
    onBug,
    serve(running) {
      server = running;
    },
  };
}
