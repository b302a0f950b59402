/** The clock through a crash, on the real server: killed before the deadline, started after it. */
import { afterAll, describe, expect, it } from 'vitest';
import type { IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';
import type { Snapshot } from '../../shared/wire/protocol.ts';
import { eventually, warRoom } from '../helpers/war-room.ts';

/** Of the first story; see `killedBeforeDeadline`. */
const RESPONSE_MS = 5_000;
const who = { owner: '测试', reason: '演练' };

describe('a response clock through SIGKILL', async () => {
  const room = await warRoom();
  afterAll(() => room.dispose());

  /** Kills the server after a story was opened and before its deadline; where the machine was too slow for that, a story with twice the time. */
  async function killedBeforeDeadline(): Promise<{ readonly opened: IncidentView; readonly dueAt: number }> {
    for (let responseMs = RESPONSE_MS; ; responseMs *= 2) {
      const sla = { value: { responseMs, disposalMs: 3_600_000 }, ...who };
      expect((await room.send('PUT', '/api/policies/sla', sla)).status).toBe(200);
      const bornAt = Date.now();
      const text = `漏水 ${String(responseMs)}`;
      const posted = await room.send(
        'POST',
        '/api/events',
        mention(`m-1-${String(responseMs)}`, bornAt, text),
        'application/cloudevents+json',
      );
      expect(posted.status).toBe(202);
      const opened = await eventually(
        'an open incident',
        async () => (await room.get<{ incidents: IncidentView[] }>('/api/incidents')).incidents.find(({ title }) => title === text),
        120_000,
      );
      const dueAt = opened.clocks.find((c) => c.name === 'response')?.dueAt ?? 0;
      expect(dueAt).toBe(bornAt + responseMs);
      await room.kill('SIGKILL');
      if (Date.now() < dueAt) return { opened, dueAt };
      await room.start();
    }
  }

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
      120_000,
    );
  }

  it('[T1][T2][T3][T4] breaches exactly once, late by what the outage cost, and says so', async () => {
    await room.start();
    expect((await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who })).status).toBe(200);
    const { opened, dueAt } = await killedBeforeDeadline();
    await until(dueAt + 1_000);
    const startedAt = Date.now();
    await room.start();
    const fired = await eventually(
      'the breach',
      async () => {
        const incident = await room.get<IncidentDetail>(`/api/incidents/${opened.id}`);
        return incident.clocks.some((c) => c.name === 'response' && c.firedAt !== null) ? incident : undefined;
      },
      120_000,
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

  it('[T3] [C1] a pause ends at its cap and a false alarm restates net sentiment although the server was killed in between', async () => {
    const sla = { responseMs: 3_600_000, disposalMs: 7_200_000, pauseMaxMs: 3_000 };
    expect((await room.send('PUT', '/api/policies/sla', { value: sla, ...who })).status).toBe(200);
    const ids = await Promise.all(['暂停的', '误报的'].map((text, n) => openStory(`m-${n + 10}`, text)));
    const [paused, alarm] = ids as [string, string];
    const dueAt = (await room.get<IncidentDetail>(`/api/incidents/${paused}`)).clocks.find(({ name }) => name === 'disposal')?.dueAt ?? 0;
    const pause = await act(paused, { type: 'pause', reason: '送检', secondActor: '陈放' });
    const until = pause.pause?.until ?? 0;
    await act(alarm, { type: 'false_alarm', reason: '讽刺' });
    await room.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
    await room.start();

    const resumed = await eventually(
      'the end of the pause',
      async () => {
        const story = await room.get<IncidentDetail>(`/api/incidents/${paused}`);
        return story.pause === null ? story : undefined;
      },
      120_000,
    );
    expect(resumed.clocks.find(({ name }) => name === 'disposal')).toMatchObject({ state: 'armed', dueAt: dueAt + 3_000, pausedMs: 3_000 });
    expect(resumed.audit.filter(({ action }) => action === 'resumed')).toMatchObject([{ actor: 'system', detail: { early: false } }]);
    const restated = await eventually(
      'the line of the restatement',
      async () => {
        const story = await room.get<IncidentDetail>(`/api/incidents/${alarm}`);
        return story.audit.some(({ action }) => action === 'sentiment_restated') ? story : undefined;
      },
      120_000,
    );
    expect(restated).toMatchObject({ status: 'false_alarm', mentions: [{ polarity: 'neutral' }] });
  });

  async function openStory(id: string, text: string): Promise<string> {
    expect((await room.send('POST', '/api/events', mention(id, Date.now(), text), 'application/cloudevents+json')).status).toBe(202);
    return eventually(
      `the story of ${id}`,
      async () => {
        const { incidents } = await room.get<{ incidents: IncidentView[] }>('/api/incidents');
        return incidents.find(({ title }) => title === text)?.id;
      },
      120_000,
    );
  }

  /** A command on the story as it is now; others may change it meanwhile, so an old version is asked again. */
  async function act(id: string, command: Record<string, unknown>): Promise<IncidentDetail> {
    for (let n = 0; ; n += 1) {
      const { version } = await room.get<IncidentDetail>(`/api/incidents/${id}`);
      const body = { commandId: `${id} ${String(command['type'])} ${n}`, expectedVersion: version, actor: '林悦', ...command };
      const answer = await room.send<IncidentDetail & { code?: string }>('POST', `/api/incidents/${id}/commands`, body);
      if (answer.status === 200) return answer.body;
      if (answer.body.code !== 'version_mismatch') throw new Error(JSON.stringify(answer.body));
    }
  }
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
    data: { mentionId: id, version: 1, platform: '微博', brand: '山澜', storyId: id, text, label: 'negative', detectedAt: time },
  };
}
