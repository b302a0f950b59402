/** The body of the engine's process: settings by its argument, messages by its channel. It ends with its parent. */
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import type { LedgerSource } from '../../../pipeline/ports/ledger-source.ts';
import type { EngineSettings, FromEngine, Task, ToEngine } from '../messages.ts';
import { createEngine, type Engine } from './engine.ts';
import { createPriority } from './priority.ts';

export async function runEngine(openSource: (source: string) => LedgerSource): Promise<void> {
  // Whoever interrupts the server from a terminal interrupts us too; the server says when to stop.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  process.on('disconnect', () => process.exit(0));
  const settings: EngineSettings = JSON.parse(process.argv[2] ?? '');
  const source = openSource(settings.source);
  const engine = createEngine({
    source,
    settings,
    priority: createPriority(),
    onStatus: (status) => send({ kind: 'status', status }),
    log: (level, message) => send({ kind: 'log', level, message }),
  });
  process.on('message', (message: ToEngine) => {
    switch (message.kind) {
      case 'advance':
        engine.advance(message.position);
        return;
      case 'task':
        engine.advance(message.position);
        void answer(engine, message.id, message.task, message.position);
        return;
      case 'stop':
        engine.stop();
    }
  });
  await engine.run();
  source.close();
  process.exit(0);
}

async function answer(engine: Engine, id: number, task: Task, position: number): Promise<void> {
  try {
    send({ kind: 'answer', id, answer: await engine.answer(task, position) });
  } catch (error) {
    const code = error instanceof Unavailable ? error.code : null;
    const message = error instanceof Error ? (code === null ? (error.stack ?? error.message) : error.message) : String(error);
    send({ kind: 'failure', id, code, message });
  }
}

/** A parent that is gone hears nothing; `disconnect` follows. */
function send(message: FromEngine): void {
  process.send?.(message, () => undefined);
}
