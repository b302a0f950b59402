/** A text that travels as bytes is the text, also beside rows that bring theirs as strings. */
import { expect, test } from 'vitest';
import { openWriter } from '../../../../server/adapters/sqlite/connection.ts';
import { createWriteQueue } from '../../../../server/adapters/sqlite/transaction/write-queue.ts';
import { createExecutor } from '../../../../server/adapters/sqlite/threads/executor.ts';

test('texts in bytes and strings in one column, in any order, longer than the first buffer', async () => {
  const db = openWriter(':memory:');
  db.exec('create table t (n integer not null, versions text not null) strict');
  const execute = createExecutor(db);
  const queue = createWriteQueue(
    async (steps) => execute(steps),
    () => undefined,
  );
  const around = Buffer.from(`前{"文":"漏水"}${'长'.repeat(30_000)}后`);
  const [from, to] = [Buffer.byteLength('前'), around.length - Buffer.byteLength('后')];
  const long = around.subarray(from, to).toString();
  await queue.transaction(async (transaction) => {
    const put = (n: number, text: Parameters<typeof transaction.run>[1][number]): void =>
      transaction.run('insert into t (n, versions) values (?, cast(? as text))', [n], undefined, [text]);
    put(1, '一');
    put(2, { head: 'a 1 ', tail: { bytes: around, from, to } });
    put(3, '三');
    put(4, { head: 'b 2 ', tail: { bytes: new Uint8Array(around), from, to } });
    put(5, { head: 'c 3 ', tail: { bytes: Buffer.from('{}'), from: 0, to: 2 } });
  });
  expect(db.prepare('select n, versions, typeof(versions) as kind from t order by n').all()).toEqual([
    { n: 1, versions: '一', kind: 'text' },
    { n: 2, versions: `a 1 ${long}`, kind: 'text' },
    { n: 3, versions: '三', kind: 'text' },
    { n: 4, versions: `b 2 ${long}`, kind: 'text' },
    { n: 5, versions: 'c 3 {}', kind: 'text' },
  ]);
  db.close();
});
