/** The ledger written anew from the facts, into a file of its own that takes the old one's place when it is whole. */
import { renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rowsOfEntity } from '../../../domain/ledger/rebuild.ts';
import type { Calendar } from '../../../domain/time/calendar.ts';
import type { LedgerSource } from '../../../pipeline/ports/ledger-source.ts';
import type { EngineSettings } from '../messages.ts';
import type { Placed } from './append.ts';
import { openDatabase, removeDatabase, removeLog, type Identity } from './database.ts';
import { makeGaps } from './gap-keeper.ts';

/** Rows of a transaction: enough for whole chunks, few enough for the process to listen in between. */
const BATCH = 50_000;

export interface RebuildParts {
  readonly source: LedgerSource;
  readonly settings: EngineSettings;
  readonly calendar: Calendar;
  readonly identity: Identity;
  readonly progress: (done: number, total: number) => void;
}

/** The file must be closed. Resolves when the new one lies in its place. */
export async function rebuildLedger({ source, settings, calendar, identity, progress }: RebuildParts): Promise<void> {
  const file = `${settings.file}.new`;
  removeDatabase(file);
  const snapshot = source.snapshot();
  try {
    const database = await openDatabase(file, settings, calendar);
    try {
      await database.create(identity);
      const { position, total, thresholds } = snapshot;
      const context = { calendar, workspaceSince: source.createdAt, thresholds };
      let batch: Placed[] = [];
      let ordinal = 0;
      let done = 0;
      progress(0, total);
      for (const entities of snapshot.entities()) {
        for (const entity of entities) {
          for (const row of rowsOfEntity(entity, context)) batch.push({ row, position, ordinal: ordinal++ });
        }
        done += entities.length;
        if (batch.length >= BATCH) {
          await database.append(batch, 0);
          batch = [];
        }
        progress(done, total);
        await nextTurn();
      }
      await database.append(batch, position);
      await makeGaps(database, position);
    } finally {
      await database.close();
    }
  } finally {
    snapshot.close();
  }
  removeLog(settings.file);
  renameSync(file, settings.file);
}
