/**
 * The life of the process up to its exit code. SIGTERM and SIGINT drain the server and exit with 0.
 * A second signal, or a drain of more than ten seconds, ends the process at once; the store survives
 * that. A bug ends the process at once with a last line that names it [I14]: continuing in an
 * unknown state would do more damage than a restart.
 */
import type { Logger } from '../pipeline/ports/logger.ts';
import type { RunningServer } from './server.ts';

const DRAIN_MS = 10_000;
/** One Ctrl-C arrives as two or three signals, from the terminal, npm and the launcher; signals within this time count as one. */
const SAME_PRESS_MS = 1_000;

export interface LifeCycle {
  /** Reports a bug and ends the process. */
  readonly onBug: (error: unknown) => void;
  /** Makes signals drain this server from now on. */
  readonly serve: (server: RunningServer) => void;
}

/** @param logger called only when there is something to log, so that the logger may be created later */
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
