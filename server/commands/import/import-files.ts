/**
 * `warroom import FILE…`: sends files of CloudEvents to the running server, batch by
 * batch, and reports what became of them. Safe to repeat: what is known stays as it is.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ItemResult } from '../../../shared/events/outcomes.ts';
import { waitUntilFolded, type Consumed } from './consumption.ts';
import { progress, type Progress } from './progress.ts';
import { NotEvents, readItems, type FileItem } from './read-items.ts';
import { serverClient, TransferFailed, type ServerClient } from './server-client.ts';
import { number, Tally } from './tally.ts';

export interface ImportOptions {
  readonly url: string;
  /** How long one batch is repeated while the server is busy or away, ms. */
  readonly patienceMs: number;
  /** Where relative file names start. */
  readonly cwd: string;
  readonly out: NodeJS.WriteStream;
}

/** The server's limits [I13], with room for the line ends. */
const MAX_ITEMS = 500;
const MAX_BYTES = 1_048_576;

/** Exit code: 0 when nothing was refused. What is quarantined is kept and can be repaired, so it is told but no failure. */
export async function importFiles(files: readonly string[], options: ImportOptions): Promise<number> {
  const { out } = options;
  let bar: Progress = progress('', out);
  const client = serverClient(options.url, options.patienceMs, (why, ms) =>
    bar.say(`${why}; trying again in ${(ms / 1_000).toFixed(1)} s`),
  );
  const tally = new Tally();
  try {
    const before = (await client.readiness()).consumed;
    for (const file of files) {
      bar = progress(path.basename(file), out);
      await send(path.resolve(options.cwd, file), client, tally, bar);
      bar.end();
    }
    bar = progress('folding', out);
    const waited = await waitUntilFolded(client, { before, taken: tally.counts.accepted }, (lag) =>
      bar.update(1 - lag / Math.max(lag, tally.total), tally.total - lag),
    );
    bar.end();
    return report(tally, waited, out);
  } catch (error) {
    bar.end();
    const told = error instanceof TransferFailed || error instanceof NotEvents || isFileError(error);
    if (!told) throw error;
    out.write(`${(error as Error).message}\n`);
    if (tally.total > 0)
      out.write(`${number(tally.total)} events were sent before that. The same command again goes on: what is known is skipped.\n`);
    return 1;
  }
}

async function send(file: string, client: ServerClient, tally: Tally, bar: Progress): Promise<void> {
  const { size } = await stat(file);
  let batch: FileItem[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const results = await client.post(batch.map((item) => item.bytes));
    for (const result of results) tally.add(path.basename(file), batch[result.index]?.place ?? '', result);
    bar.update((batch.at(-1)?.fileOffset ?? 0) / Math.max(1, size), tally.total);
    batch = [];
    bytes = 0;
  };
  for await (const item of readItems(file)) {
    if (item.bytes.length + 1 > MAX_BYTES) {
      tally.add(path.basename(file), item.place, tooLarge(item));
      continue;
    }
    if (batch.length === MAX_ITEMS || bytes + item.bytes.length + 1 > MAX_BYTES) await flush();
    batch.push(item);
    bytes += item.bytes.length + 1;
  }
  await flush();
}

/** No server would read it: said here in the server's words, without sending megabytes. */
function tooLarge(item: FileItem): ItemResult {
  return {
    index: 0,
    id: null,
    outcome: 'rejected',
    code: 'too_large',
    message: `${number(item.bytes.length)} bytes; an event has at most 64 KB`,
  };
}

function report(tally: Tally, waited: Awaited<ReturnType<typeof waitUntilFolded>>, out: NodeJS.WriteStream): number {
  const { accepted, duplicate, quarantined, rejected } = tally.counts;
  out.write(
    `${number(tally.total)} events: ${number(accepted)} accepted, ${number(duplicate)} duplicate, ${number(quarantined)} quarantined, ${number(rejected)} rejected\n`,
  );
  for (const line of tally.troubleLines()) out.write(`${line}\n`);
  if (quarantined > 0) out.write('Quarantined events are kept and not counted: see GET /api/quarantine, mend and replay them.\n');
  if ('stuck' in waited) {
    out.write(`They are stored, but not folded yet: ${waited.stuck}.\n`);
    return 1;
  }
  out.write(`${sentence(waited.folded)}\n`);
  return rejected > 0 ? 1 : 0;
}

function sentence(folded: Consumed): string {
  const { applied, older, duplicate, quarantined } = folded;
  if (applied + older + quarantined === 0) return 'Nothing changed: all of it was known.';
  const parts = [`${number(applied)} new`, `${number(duplicate)} known`];
  if (older > 0) parts.push(`${number(older)} older versions kept as history`);
  if (quarantined > 0) parts.push(`${number(quarantined)} quarantined`);
  return `Folded: ${parts.join(', ')}. Everything is counted.`;
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && ['ENOENT', 'EACCES', 'EISDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
