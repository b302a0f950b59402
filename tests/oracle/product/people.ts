/** What people do to stories while events come in, and the clocks that are left by it. */
import { DatabaseSync } from 'node:sqlite';
import { createIncidentService } from '../../../server/pipeline/services/incidents.ts';
import type { openLine } from '../../helpers/line.ts';
import type { Random } from '../../helpers/random.ts';
import type { Clock } from '../facts/world.ts';

type Line = Awaited<ReturnType<typeof openLine>>;

/** Some of the open stories are answered, some of them resolved, and some were no story; the rest waits, some of it too long. */
export async function actOnStories({ store, commit, calendar, clock }: Line, random: Random): Promise<void> {
  const service = createIncidentService({ reads: store.reads, commit, calendar, clock, exposure: async () => undefined });
  const { rows } = await store.reads.incidents({ open: true, limit: 50, after: null });
  for (const { id, version } of rows) {
    if (!random.chance(0.3)) continue;
    const command = (type: string, expectedVersion: number) => ({
      commandId: `${id} ${type} ${expectedVersion}`,
      expectedVersion,
      actor: '林悦',
    });
    if (random.chance(0.2)) {
      await service.command(id, { ...command('lifted', version), type: 'false_alarm', reason: '玩笑' }, clock.now());
      continue;
    }
    await service.command(id, { ...command('answered', version), type: 'respond', text: '已联系', evidence: [] }, clock.now());
    const now = await store.reads.incident(id);
    if (now && random.chance(0.6)) await service.command(id, { ...command('done', now.version), type: 'resolve' }, clock.now());
  }
}

/** Every clock there is, as the store keeps it. */
export function clocksOf({ store }: Pick<Line, 'store'>, seed: number): readonly Clock[] {
  const database = new DatabaseSync(store.file, { readOnly: true });
  try {
    const rows = database.prepare('select due_at, state, stopped_at from clocks where counts = 1').all();
    return rows.map((row) => ({
      seed,
      dueAt: Number(row['due_at']),
      state: String(row['state']),
      stoppedAt: row['stopped_at'] === null ? null : Number(row['stopped_at']),
    }));
  } finally {
    database.close();
  }
}
