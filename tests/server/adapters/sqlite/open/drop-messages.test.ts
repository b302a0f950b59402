import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { messageOf } from '../../../pipeline/outbox/outbox-rig.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('messages delivered long ago go with their attempts, a digest with what it told; what waits or is dead stays, and so do young ones', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: () => 0 });
  const names = ['old', 'held', 'waits', 'dead', 'young'];
  await store.write(async (tx) => {
    await tx.putOutbox(names.map((key) => messageOf({ key, createdAt: 1 })));
    const rows = new Map((await tx.dueMessages('team', 1, 10)).map((row) => [row.key, row]));
    const of = (key: string) => {
      const row = rows.get(key);
      if (row === undefined) throw new Error(`${key} is not due`);
      return row;
    };
    const { channel, address, turn, turnEndsAt } = of('held');
    const standing = { state: 'waiting', channel, address, turn, turnEndsAt, nextAt: 2, endedAt: null, reason: null } as const;
    const digest = await tx.putDigest(messageOf({ key: 'digest', contacts: [], createdAt: 1 }), standing, [of('held').id]);
    const [taken] = (await tx.takeMessages('team', 1, 1)).filter(({ key }) => key === 'old');
    if (taken === undefined) throw new Error('the first message was not taken');
    await tx.endAttempt(taken.id, { outcome: 'delivered', at: 10, status: 200, said: 'ok', retryAt: null });
    const sent = { state: 'sent', nextAt: null, turnEndsAt: null } as const;
    await tx.putStandings([
      { ...of('old'), ...sent, endedAt: 10 },
      { ...of('held'), ...sent, endedAt: 10, digestId: digest },
      { ...of('held'), ...sent, id: digest, endedAt: 10 },
      { ...of('dead'), state: 'dead', nextAt: null, endedAt: 10, reason: 'HTTP 404' },
      { ...of('young'), ...sent, endedAt: 20 },
    ]);
    await tx.useAckLink({ link: 'l1', incidentId: 'i', person: 'p', at: 10 });
    await tx.useAckLink({ link: 'l2', incidentId: 'i', person: 'p', at: 20 });
  });
  expect(await store.dropMessagesBefore(10)).toBe(0);
  expect(await store.dropMessagesBefore(11)).toBe(4);
  const db = new DatabaseSync(file, { readOnly: true });
  expect(db.prepare('select key from outbox order by id').all()).toMatchObject([{ key: 'waits' }, { key: 'dead' }, { key: 'young' }]);
  expect(db.prepare('select * from outbox_attempts').all()).toEqual([]);
  expect(db.prepare('select link from ack_uses').all()).toMatchObject([{ link: 'l2' }]);
  db.close();
  await store.close();
});
