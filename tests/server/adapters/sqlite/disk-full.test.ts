import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';
import { describeWithSmallDisk } from '../../../helpers/with-small-disk.ts';

describeWithSmallDisk('disk full', 6, (folder) => {
  test('a full disk is an infrastructure error: nothing half-written, reads go on, and it recovers alone when space returns', async () => {
    const ballast = join(folder(), 'ballast');
    writeFileSync(ballast, Buffer.alloc(2_000_000));
    const store = await openStore({ file: join(folder(), 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
    let acknowledged = 0;
    const batch = () =>
      store.write(async (tx) => {
        await tx.putFacts(Array.from({ length: 20 }, (_, i) => orderWrite({ orderId: `${acknowledged}-${i}`, buyerId: 'B'.repeat(100) })));
        await tx.appendChange(['sales'], 1);
      });
    let refusal: unknown;
    while (refusal === undefined && acknowledged < 10_000) {
      await batch().then(
        () => acknowledged++,
        (error: unknown) => (refusal = error),
      );
    }
    expect(refusal).toBeInstanceOf(Unavailable);
    expect((refusal as Unavailable).code).toBe('disk_full');
    await expect(batch()).rejects.toBeInstanceOf(Unavailable);
    expect(await store.reads.counts()).toMatchObject({ order: acknowledged * 20 });
    expect(await store.reads.changeNumber()).toBe(acknowledged);
    rmSync(ballast);
    await batch();
    acknowledged++;
    expect(await store.reads.counts()).toMatchObject({ order: acknowledged * 20 });
    await store.close();
  });
});
