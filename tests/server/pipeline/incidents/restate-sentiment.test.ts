import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRestateSentiment, type RestateSentiment } from '../../../../server/pipeline/incidents/restate-sentiment.ts';
import type { IncidentCommand, IncidentDetail } from '../../../../shared/incidents/types.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { incidentRig, keyOf, T0, type Rig } from './incident-rig.ts';

interface Sent {
  readonly source: string;
  readonly time: string;
  readonly data: { readonly mentionId: string; readonly version: number; readonly label: string; readonly by: string };
}

let rig: Rig;
let worker: RestateSentiment;
let sent: Sent[];
beforeEach(async () => {
  rig = await incidentRig();
  sent = [];
  worker = working();
});
afterEach(async () => {
  await worker.stop();
  await rig.close();
});

/** The events reach the store as those of a source do, only without a log in between. */
function working(): RestateSentiment {
  const commit = rig.committing();
  return createRestateSentiment({
    ...{ store: { write: (work) => rig.store.write(work) }, commit, clock: rig.time, timers: rig.time, logger: silentLogger },
    encodeUtf8: (text) => new TextEncoder().encode(text),
    intake: {
      async resubmitAll(items) {
        const events = items.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Sent);
        sent.push(...events);
        await rig.publish(
          ...events.map(({ data, time }) => ({
            ...{ id: data.mentionId, type: 'sentiment.reclassified' as const, version: data.version, data },
            occurredAt: Date.parse(time),
          })),
        );
        return events.map((_, index) => ({ index, id: null, outcome: 'accepted' as const }));
      },
    },
  });
}

async function work(): Promise<void> {
  void worker.run();
  for (let look = 0; look < 4; look += 1) {
    while (rig.time.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    rig.time.pass(1_000);
  }
  while (rig.time.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
}
let asked = 0;
const ask = async (id: string, act: { type: 'false_alarm' | 'reopen' }) => {
  const { version } = (await rig.service.get(id)) as IncidentDetail;
  const command = { ...act, commandId: `c-${++asked}`, expectedVersion: version, actor: '林悦', reason: '讽刺' };
  return rig.service.command(id, command as IncidentCommand, rig.time.now());
};
const polarities = async (id: string) => ((await rig.service.get(id)) as IncidentDetail).mentions.map(({ polarity }) => polarity);
/** Without what the severity of the story did meanwhile. */
const trail = async (id: string) => (await rig.trail(id)).map(({ action }) => action).filter((action) => action !== 'severity_changed');

async function story(): Promise<string> {
  await rig.publish(...['m1', 'm2', 'm3'].map((id) => ({ id, data: { storyId: 'S' } })));
  await rig.publish({ id: 'm3', type: 'sentiment.reclassified', version: 2, data: { label: 'positive' } });
  const [incident] = await rig.open();
  if (incident === undefined) throw new Error('no story opened');
  return incident.id;
}

describe('[IC24] a false alarm restates net sentiment', () => {
  it('by ordinary events of the mentions’ own source, with one line in the audit; reopening takes it back', async () => {
    const id = await story();
    rig.time.pass(60_000);
    await ask(id, { type: 'false_alarm' });
    await work();
    expect(sent.map(({ source, time, data }) => [source, time, data.mentionId, data.version, data.label, data.by])).toEqual([
      ['urn:monitor', new Date(T0 + 60_000).toISOString(), 'm1', 2, 'neutral', 'war room: 林悦'],
      ['urn:monitor', new Date(T0 + 60_000).toISOString(), 'm2', 2, 'neutral', 'war room: 林悦'],
    ]);
    expect(await polarities(id)).toEqual(['positive', 'neutral', 'neutral']);
    expect(await trail(id)).toEqual(['opened', 'mention_changed', 'false_alarm', 'sentiment_restated']);
    expect((await rig.trail(id)).find(({ action }) => action === 'sentiment_restated')?.detail).toEqual({ polarity: 'neutral', count: 2 });
    expect(await rig.open()).toEqual([]);

    await ask(id, { type: 'reopen' });
    await work();
    expect(await polarities(id)).toEqual(['positive', 'negative', 'negative']);
    expect(await trail(id)).toEqual([
      ...['opened', 'mention_changed', 'false_alarm', 'sentiment_restated', 'reopened', 'sentiment_restated'],
    ]);
    expect((await rig.open())[0]?.clocks.map(({ generation }) => generation)).toEqual([1, 1, 2, 2]);
  });

  it('what was owed at a crash is done by the next start', async () => {
    const id = await story();
    await ask(id, { type: 'false_alarm' });
    await rig.restart();
    worker = working();
    await work();
    expect(await polarities(id)).toEqual(['positive', 'neutral', 'neutral']);
  });

  it('a mention judged negative anew by its source after the alarm still re-opens the story', async () => {
    const id = await story();
    await ask(id, { type: 'false_alarm' });
    await work();
    rig.time.pass(60_000);
    // A repeat of what people overruled is none.
    await rig.publish({ id: 'm1', version: 2, data: { storyId: 'S', reach: 900 } });
    expect(await rig.open()).toEqual([]);
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 3, data: { label: 'positive' } });
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 4, data: { label: 'negative' } });
    expect((await rig.open()).map((incident) => incident.id)).toEqual([id]);
  });

  it('[C1] the trail tells reclassified, deleted and put back apart, and who judged anew', async () => {
    const id = await story();
    await rig.publish({ id: 'm2', type: 'sentiment.deleted', version: 2 });
    await rig.publish({ id: 'm2', version: 3, data: { storyId: 'S' } });
    await rig.publish({ id: 'm1', type: 'sentiment.reclassified', version: 2, data: { label: 'neutral', by: '质检组', reason: '误判' } });
    const changes = (await rig.trail(id)).filter(({ action }) => action === 'mention_changed').map(({ detail }) => detail);
    expect(changes).toMatchObject([
      { mention: keyOf('m3'), what: 'reclassified', polarity: 'positive' },
      { mention: keyOf('m2'), what: 'deleted' },
      { mention: keyOf('m2'), what: 'put_back' },
      { mention: keyOf('m1'), what: 'reclassified', by: '质检组', reason: '误判' },
    ]);
  });
});
