import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sql as first } from '../../../../../server/adapters/sqlite/migrations/001-first.ts';
import { sql as logs } from '../../../../../server/adapters/sqlite/migrations/002-logs.ts';

test('[I3] a store of before keeps its positions and gaps; those of the embedded log get its identity', () => {
  const db = new DatabaseSync(':memory:');
  db.exec(first);
  db.exec(`insert into meta (name, value) values ('storeId', 'abc');
    insert into offsets (topic, "partition", epoch, next_offset) values ('sales', 0, 3, 40), ('marketing.leads', 1, 2, 9), ('leads', 0, 1, null);
    insert into log_ends (topic, next_offset, first_offset) values ('sales', 41, 0);
    insert into gaps (topic, "partition", expected, oldest, at) values ('sales', 0, 5, 9, 77), ('marketing.leads', 1, 20, 0, 78);`);
  db.exec(logs);
  const rows = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  expect(rows('select topic, next_offset, log_id from offsets order by topic')).toEqual([
    { topic: 'leads', next_offset: null, log_id: null },
    { topic: 'marketing.leads', next_offset: 9, log_id: null },
    { topic: 'sales', next_offset: 40, log_id: 'store abc' },
  ]);
  expect(rows('select expected, oldest, cause, at, acknowledged_by from gaps order by at')).toEqual([
    { expected: 5, oldest: 9, cause: 'lost', at: 77, acknowledged_by: null },
    { expected: 20, oldest: 0, cause: 'new_log', at: 78, acknowledged_by: null },
  ]);
});
