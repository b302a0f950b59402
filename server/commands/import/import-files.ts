/**
 * `warroom import FILE…`: sends files of CloudEvents to the running server, batch by
 * batch, and reports what became of them. Safe to repeat: what is known stays as it is.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../../shared/events/limits.ts';
import type { ItemResult } from '../../../shared/events/outcomes.ts';
import { requireEvents, unreadable, UnfitFile } from './check-files.ts';
import { waitUntilFolded } from './consumption.ts';
import { progress, type Progress } from './progress.ts';
import { NotEvents, readItems, type FileItem } from './read-items.ts';
import { countsLine, outcomeLine } from './sentences.ts';
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

/**
 * The exit code is 0 when nothing was refused. Quarantined events are kept and can be repaired, so they are reported but
 * are no failure.
 */
export async function importFiles(files: readonly string[], options: ImportOptions): Promise<number> {
  const { out } = options;
  let bar: Progress = progress('', out);
  const client = serverClient(options.url, options.patienceMs, (why, ms) =>
    bar.say(`${why}; trying again in ${(ms / 1_000).toFixed(1)} s`),
  );
  const tally = new Tally();
  const paths = files.map((file) => path.resolve(options.cwd, file));
  try {
    for (const file of paths) await requireEvents(file);
    const before = (await client.readiness()).consumed;
    for (const file of paths) {
      bar = progress(path.basename(file), out);
      const sent = tally.total;
      await send(file, client, tally, bar);
      bar.end();
      if (tally.total === sent) out.write(`${file} holds no events.\n`);
    }
    bar = progress('folding', out);
    const waited = await waitUntilFolded(client, { before, taken: tally.counts.accepted }, (lag) =>
      bar.update(1 - lag / Math.max(lag, tally.total), tally.total - lag),
    );
    bar.end();
    return report(tally, waited, out);
  } catch (error) {
    bar.end();
    const isExpected = error instanceof TransferFailed || error instanceof NotEvents || error instanceof UnfitFile;
    if (!isExpected) throw error;
    out.write(`${error.message}\n`);
    if (tally.total === 0) out.write('Nothing was sent.\n');
    if (tally.total > 0)
      out.write(`${number(tally.total)} events were sent before that. The same command again goes on: what is known is skipped.\n`);
    return 1;
  }
}

/** Sends one file; the message of an error about the file contains its name. */
async function send(file: string, client: ServerClient, tally: Tally, bar: Progress): Promise<void> {
  try {
    await sendItems(file, client, tally, bar);
  } catch (error) {
    if (error instanceof NotEvents) throw new UnfitFile(`${file}: ${error.message}`);
    throw unreadable(file, error) ?? error;
  }
}

async function sendItems(file: string, client: ServerClient, tally: Tally, bar: Progress): Promise<void> {
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
    if (item.bytes.length + 1 > MAX_BATCH_BYTES) {
      tally.add(path.basename(file), item.place, tooLarge(item));
      continue;
    }
    if (batch.length === MAX_BATCH_ITEMS || bytes + item.bytes.length + 1 > MAX_BATCH_BYTES) await flush();
    batch.push(item);
    bytes += item.bytes.length + 1;
  }
  await flush();
}

/** The answer that the server would give to an event that is too large, made here without sending megabytes. */
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
  const { quarantined, rejected } = tally.counts;
  out.write(`${countsLine(tally)}\n`);
  for (const line of tally.troubleLines()) out.write(`${line}\n`);
  if (quarantined > 0) out.write('Quarantined events are kept and not counted: see GET /api/quarantine, mend and replay them.\n');
  if ('stuck' in waited) {
    out.write(`What was accepted is stored, but not counted yet: ${waited.stuck}.\n`);
    return 1;
  }
  out.write(`${outcomeLine(tally, waited.folded)}\n`);
  return rejected > 0 ? 1 : 0;
}
