/** A store that an older program filled gets the figures of its stories from what it holds. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrations } from '../../../../../server/adapters/sqlite/migrations/all.ts';
import { migrate } from '../../../../../server/adapters/sqlite/open/migrate.ts';
import { readIncidentMentions } from '../../../../../server/adapters/sqlite/reads/incident-mentions.ts';
import { readPendingHistory } from '../../../../../server/adapters/sqlite/reads/pending-history.ts';
import { readIncident, readIncidents } from '../../../../../server/adapters/sqlite/reads/incidents.ts';
import { createReader } from '../../../../../server/adapters/sqlite/reads/reader.ts';
import { encodeVersion } from '../../../../../server/adapters/sqlite/version-text.ts';
import { versionOf } from '../../../../contracts/store/samples.ts';

function olderStore(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations.slice(0, 3), 1);
  return db;
}

function keepMention(db: DatabaseSync, id: string, at: number, reach: number | null, platform: string): void {
  const data = { mentionId: id, version: 2, platform, brand: '山澜', text: 'a {"reach": 5} b', ...(reach === null ? {} : { reach }) };
  const mention = encodeVersion(versionOf('sentiment.mention', data, at), []);
  const changed = encodeVersion(versionOf('sentiment.reclassified', { mentionId: id, version: 3, label: 'negative' }, at + 1), []);
  // Half of them with another version's line before the mention's own.
  const versions = (at % 2 === 0 ? [mention, changed] : [changed, mention]).join('\n');
  db.prepare(
    `insert into mentions (key, versions, at, day, brand, platform, polarity, deleted, history) values (?, ?, ?, 0, '山澜', ?, 'negative', 0, 0)`,
  ).run(`/w ${id}`, versions, at, platform);
}

function keepIncident(db: DatabaseSync, number: number, status: string, mentions: readonly string[]): void {
  const id = `i${number}`;
  db.prepare(
    `insert into incidents (id, story_key, number, version, status, title, brand, opened_at, published_at, detected_at, resolved_at)
    values (?, ?, ?, 1, ?, 'X5 漏水', '山澜', 1, 1, 1, ?)`,
  ).run(id, id, number, status, status === 'resolved' ? 77 : null);
  mentions.forEach((mention, ordinal) => db.prepare('insert into incident_mentions values (?, ?, ?)').run(id, ordinal, `/w ${mention}`));
  const clock = db.prepare(`insert into clocks (incident_id, name, generation, started_at, due_at, state) values (?, ?, ?, 0, ?, 'armed')`);
  clock.run(id, 'response', 1, 100 * number);
  clock.run(id, 'disposal', 1, 1_000 - 100 * number);
  if (number === 3) clock.run(id, 'response', 2, 150);
  const audit = db.prepare(`insert into audit (incident_id, at, actor, action, detail) values (?, 1, 'system', ?, ?)`);
  audit.run(id, 'opened', JSON.stringify({ mentions: Array.from({ length: 900 }, (_, n) => `/w old ${n}`) }));
}

test('[T9] stories of an older store come with their figures, places and pages', () => {
  const db = olderStore();
  keepMention(db, 'a', 40, 7, '微博');
  keepMention(db, 'b', 41, 5_000_000, '知乎');
  keepMention(db, 'c', 43, null, '知乎');
  keepMention(db, 'd', 44, 3, '抖音');
  keepIncident(db, 1, 'claimed', ['a', 'b', 'c']);
  keepIncident(db, 2, 'responded', []);
  keepIncident(db, 3, 'open', ['d']);
  keepIncident(db, 4, 'resolved', []);
  migrate(db, migrations, 2);

  const reader = createReader(db, 'UTC');
  const open = readIncidents(reader, { open: true, limit: 10, after: null }, 0);
  expect(open.rows.map(({ id }) => id)).toEqual(['i1', 'i3', 'i2']);
  expect(open.rows[0]).toMatchObject({ mentionCount: 3, reach: 5_000_007, platforms: ['知乎', '微博'] });
  expect(readIncidents(reader, { open: false, limit: 10, after: null }, 0)).toMatchObject({
    rows: [{ id: 'i4', mentionCount: 0 }],
    total: 1,
  });
  const mentions = (order: 'newest' | 'reach') =>
    readIncidentMentions(reader, 'i1', { order, limit: 9, after: null })?.rows.map(({ mentionId }) => mentionId);
  expect([mentions('newest'), mentions('reach')]).toEqual([
    ['c', 'b', 'a'],
    ['b', 'a', 'c'],
  ]);
  const [line] = readIncident(reader, 'i1', 0)?.audit ?? [];
  expect(line?.detail).toEqual({ count: 900, mentions: ['/w old 0', '/w old 1', '/w old 2', '/w old 3', '/w old 4'] });
});

test('[IC19] an answer of an older store says who gave it, and its evidence what it is', () => {
  const db = olderStore();
  keepIncident(db, 1, 'responded', []);
  db.exec(`update incidents set response = '已联系', owner = '苏晴' where id = 'i1'`);
  const evidence = ['https://example.com/1', '电话回访'];
  const audit = db.prepare(`insert into audit (incident_id, at, actor, action, detail) values ('i1', 2, '周屿', 'responded', ?)`);
  audit.run(JSON.stringify({ text: '已联系', evidence, owner: '苏晴', generation: 1, outcome: 'met' }));
  migrate(db, migrations, 2);

  const story = readIncident(createReader(db, 'UTC'), 'i1', 0);
  expect(story).toMatchObject({
    owner: '苏晴',
    respondedBy: '周屿',
    generation: 1,
    status: 'responded',
    hops: { receivedAt: 1, routedAt: null },
  });
  expect(story?.audit.at(-1)?.detail['evidence']).toEqual([
    { kind: 'link', value: 'https://example.com/1' },
    { kind: 'text', value: '电话回访' },
  ]);
});

test('[T9] what waits for a decision is counted without reading the texts of mentions', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations, 1);
  const reader = createReader(db, 'UTC');
  const asked: string[] = [];
  const recording = { ...reader, rows: (sql: string) => (asked.push(sql), reader.rows(sql)) };
  readPendingHistory(recording, { limit: 0, after: null }, 1);
  const plans = asked
    .filter((sql) => sql.includes('from mentions'))
    .map((sql) =>
      db
        .prepare(`explain query plan ${sql}`)
        .all(...(sql.includes('?') ? ['[]', 0] : []))
        .map((row) => String(row['detail']))
        .find((detail) => detail.includes('mentions_pending')),
    );
  for (const plan of plans) expect(plan).toMatch(/^S(CAN|EARCH) m USING COVERING INDEX mentions_pending/u);
  expect(plans.length).toBe(2);
  const page = `select m.* from mentions m where m.history = 1 and m.deleted = 0 and m.polarity = 'negative' and (m.at, m.id) < (5, 5)
    order by m.at desc, m.id desc limit 3`;
  const steps = db.prepare(`explain query plan ${page}`).all();
  expect(steps.map((row) => String(row['detail']))).toEqual([expect.stringContaining('USING INDEX mentions_pending')]);
});
