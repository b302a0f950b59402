/** [I9] Quarantined mentions are counted: an alarm may hide among them. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../../../../server/adapters/sqlite/migrations/all.ts';
import { createReader } from '../../../../../server/adapters/sqlite/reads/reader.ts';
import { readQuarantinedMentions } from '../../../../../server/adapters/sqlite/reads/records.ts';

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(':memory:');
  for (const { sql } of migrations) db.exec(sql);
});
afterEach(() => db.close());

const put = (topic: string, type: string | null, state = 'open', code = 'invalid_data') =>
  db
    .prepare(
      `insert into quarantine (state, code, path, message, position, topic, event_type, length, sha256, raw, received_at)
       values (?, ?, '', '', 'p', ?, ?, 0, '', x'', 0)`,
    )
    .run(state, code, topic, type);
const count = () => readQuarantinedMentions(createReader(db, 'Asia/Shanghai'));

describe('[I9] quarantined mentions', () => {
  it('are those of the topic or of the type, open, and no deletions', () => {
    expect(count()).toBe(0);
    for (const [topic, type] of [
      ['sentiment', null],
      ['sentiment', 'sentiment.mention'],
      ['http', 'sentiment.mention'],
      ['http', 'sentiment.reclassified'],
      ['sentiment', 'Sentiment.Mentoin'],
    ] as const)
      put(topic, type);
    expect(count()).toBe(5);
    put('http', null);
    put('http', 'sales.order.paid');
    put('sentiment', 'sentiment.deleted');
    put('sentiment', 'sentiment.mention', 'replayed');
    put('http', 'sentiment.mention', 'discarded');
    // The mention it speaks of was read before, and its clock runs.
    put('sentiment', 'sentiment.mention', 'open', 'id_conflict');
    expect(count()).toBe(5);
    db.exec(`update quarantine set state = 'replayed' where topic = 'http'`);
    expect(count()).toBe(3);
  });

  it('cost what they are, not what the quarantine holds: the count reads its index alone', () => {
    const sql: string[] = [];
    const reader = createReader(db, 'Asia/Shanghai');
    readQuarantinedMentions({
      ...reader,
      rows: (text) => {
        sql.push(text);
        return reader.rows(text);
      },
    });
    const [plan] = db.prepare(`explain query plan ${sql[0] ?? ''}`).all();
    expect(plan?.['detail']).toContain('quarantine_mentions');
  });
});
