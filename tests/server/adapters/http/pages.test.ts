import { expect, it } from 'vitest';
import { BATCH, folded, mention, postEvents, problemOf, raw, seed, startRig, type RawAnswer } from './rig.ts';

function body(answer: RawAnswer): Record<string, unknown> {
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

it('[S7] [T9] every list names its total and leads to the last row: incidents, mentions by either order, audit', async () => {
  const rig = await startRig();
  await seed(rig);
  const stories = Array.from({ length: 22 }, (_, n) => mention(`s${n}`, { storyId: `S${n}` }));
  const spreading = Array.from({ length: 61 }, (_, n) => mention(`m${n}`, { storyId: 'S0', reach: (n * 17) % 61 }));
  await postEvents(rig, JSON.stringify([...stories, ...spreading]), BATCH);
  await folded(rig);
  async function whole(path: string, name: string): Promise<{ rows: Record<string, unknown>[]; total: unknown }> {
    const rows: Record<string, unknown>[] = [];
    let cursor = '';
    for (;;) {
      const page = body(await raw(rig, 'GET', `${path}${path.includes('?') ? '&' : '?'}limit=7${cursor}`)) as {
        next: string | null;
      } & Record<string, unknown>;
      rows.push(...(page[name] as Record<string, unknown>[]));
      if (page.next === null) return { rows, total: page['total'] };
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  }
  const list = await whole('/api/incidents', 'incidents');
  expect([list.total, new Set(list.rows.map((row) => row['id'])).size]).toEqual([23, 23]);
  const id = String(list.rows.find((row) => row['storyId'] === 'S0')?.['id']);
  const detail = body(await raw(rig, 'GET', `/api/incidents/${id}`));
  expect(detail).toMatchObject({ mentionCount: 62 });
  expect((detail['mentions'] as unknown[]).length).toBe(50);
  for (const order of ['newest', 'reach']) {
    const mentions = await whole(`/api/incidents/${id}/mentions?order=${order}`, 'mentions');
    expect([mentions.total, new Set(mentions.rows.map((row) => row['mentionId'])).size]).toEqual([62, 62]);
  }
  const behind = body(await raw(rig, 'GET', `/api/incidents/${id}/mentions?cursor=${String(detail['mentionsNext'])}`));
  expect((behind['mentions'] as unknown[]).length).toBe(12);
  const audit = await whole(`/api/incidents/${id}/audit`, 'audit');
  expect([audit.total, audit.rows.length]).toEqual([detail['auditTotal'], detail['auditTotal']]);
  const key = encodeURIComponent(`${String(behind['mentions'] && (behind['mentions'] as { source: string }[])[0]?.source)} m3`);
  expect(body(await raw(rig, 'GET', `/api/incidents/${id}/mentions/${key}`))).toMatchObject({ mentionId: 'm3', cut: false });
  expect(problemOf(await raw(rig, 'GET', `/api/incidents/${id}/mentions/nothing`))).toMatchObject({ status: 404, code: 'unknown_mention' });
  expect(problemOf(await raw(rig, 'GET', '/api/incidents/i-9/mentions'))).toMatchObject({ status: 404, code: 'unknown_incident' });
  for (const cursor of ['x', '1', '1.', '1.2.3', '99999999999999999.1', ''])
    expect(problemOf(await raw(rig, 'GET', `/api/incidents?cursor=${cursor}`))).toMatchObject({ status: 400, path: 'cursor' });
});
