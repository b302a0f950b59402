/** The clock through a crash, on the real server: killed before the deadline, started after it. */
import { afterAll, describe, expect, it } from 'vitest';
import type { IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';
import type { Snapshot } from '../../shared/wire/protocol.ts';
import { eventually, warRoom } from '../helpers/war-room.ts';

/** Long enough for a busy server to open the incident and to be killed before the deadline. */
const RESPONSE_MS = 5_000;

describe('a response clock through SIGKILL', async () => {
  const room = await warRoom();
  afterAll(() => room.dispose());

  /** Publishes a mention of another story and waits until its response clock has fired. */
  async function breach(id: string, text: string): Promise<void> {
    const posted = await room.send('POST', '/api/events', mention(id, Date.now(), text), 'application/cloudevents+json');
    expect(posted.status).toBe(202);
    await eventually(
      `the breach of ${id}`,
      async () => {
        const { incidents } = await room.get<{ incidents: IncidentView[] }>('/api/incidents');
        const story = incidents.find(({ title }) => title === text);
        return story?.clocks.some((c) => c.name === 'response' && c.firedAt !== null) ? true : undefined;
      },
      30_000,
    );
  }

  it('[T1][T2][T3][T4] breaches exactly once, late by what the outage cost, and says so', async () => {
    await room.start();
    const who = { owner: '测试', reason: '演练' };
    expect((await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who })).status).toBe(200);
    expect(
      (await room.send('PUT', '/api/policies/sla', { value: { responseMs: RESPONSE_MS, disposalMs: 3_600_000 }, ...who })).status,
    ).toBe(200);
    const bornAt = Date.now();
    const posted = await room.send('POST', '/api/events', mention('m-1', bornAt), 'application/cloudevents+json');
    expect(posted.status).toBe(202);
    const opened = await eventually(
      'an open incident',
      async () => (await room.get<{ incidents: IncidentView[] }>('/api/incidents')).incidents[0],
      30_000,
    );
    const dueAt = opened.clocks.find((c) => c.name === 'response')?.dueAt ?? 0;
    expect(dueAt).toBe(bornAt + RESPONSE_MS);

    await room.kill('SIGKILL');
    expect(Date.now(), 'killed before the deadline').toBeLessThan(dueAt);
    await until(dueAt + 1_000);
    const startedAt = Date.now();
    await room.start();
    const fired = await eventually(
      'the breach',
      async () => {
        const incident = await room.get<IncidentDetail>(`/api/incidents/${opened.id}`);
        return incident.clocks.some((c) => c.name === 'response' && c.firedAt !== null) ? incident : undefined;
      },
      30_000,
    );
    const clock = fired.clocks.find((c) => c.name === 'response');
    expect(clock?.dueAt).toBe(dueAt);
    expect(clock?.firedAt ?? 0).toBeGreaterThanOrEqual(startedAt - 1_000);
    expect(clock?.latenessMs).toBeGreaterThanOrEqual(1_000);
    expect(clock?.latenessMs).toBe((clock?.firedAt ?? 0) - dueAt);

    // More scans and another restart must not fire it again. The clocks of two more stories show that there were scans.
    expect((await room.send('PUT', '/api/policies/sla', { value: { responseMs: 1_000, disposalMs: 3_600_000 }, ...who })).status).toBe(200);
    await breach('m-2', '把手断裂');
    await room.kill('SIGKILL');
    await room.start();
    await breach('m-3', '客服不回复');
    const later = await room.get<IncidentDetail>(`/api/incidents/${opened.id}`);
    expect(later.audit.filter((line) => line.action === 'clock_fired')).toHaveLength(1);
    expect(later.audit.find((line) => line.action === 'clock_fired')?.detail).toMatchObject({ clock: 'response' });

    const wall = await room.get<Snapshot<'overview'>>('/api/views/overview');
    const cell = wall.state.strip?.cells.find(({ incidentId }) => incidentId === opened.id);
    expect(cell).toMatchObject({ breachedAt: clock?.firedAt, latenessMs: clock?.latenessMs });
  });
});

const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));

function mention(id: string, at: number, text = '漏水') {
  const time = new Date(at).toISOString();
  return {
    specversion: '1.0',
    id: `e-${id}`,
    source: '/test/monitor',
    type: 'sentiment.mention',
    time,
    subject: id,
    data: { mentionId: id, version: 1, platform: '微博', brand: '山澜', text, label: 'negative', detectedAt: time },
  };
}
