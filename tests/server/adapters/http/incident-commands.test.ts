/** What people do to stories, over HTTP as a page does it. */
import { expect, it } from 'vitest';
import type { IncidentDetail } from '../../../../shared/incidents/types.ts';
import { BATCH, folded, mention, postEvents, problemOf, raw, results, seed, startRig, type RawAnswer, type Rig } from './rig.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
let sent = 0;
const command = (rig: Rig, id: string, body: Record<string, unknown>): Promise<RawAnswer> =>
  raw(rig, 'POST', `/api/incidents/${id}/commands`, JSON_TYPE, JSON.stringify({ commandId: `c-${++sent}`, actor: '林悦', ...body }));
const detailOf = (answer: RawAnswer): IncidentDetail => {
  if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as IncidentDetail;
};
const get = async (rig: Rig, id: string) => detailOf(await raw(rig, 'GET', `/api/incidents/${id}`));

async function publish(rig: Rig, ...events: readonly unknown[]): Promise<void> {
  const answers = results(await postEvents(rig, JSON.stringify(events), BATCH)).map(({ outcome }) => outcome);
  expect(answers).toEqual(events.map(() => 'accepted'));
  await folded(rig);
}
async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('[C2] of 200 claims at once exactly one wins and 199 learn who', async () => {
  const rig = await startRig();
  const { incident } = await seed(rig);
  const claim = (n: number) => command(rig, incident, { expectedVersion: 1, actor: `人${n}`, type: 'claim' });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => claim(n)));
  const won = answers.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  const owner = detailOf(won[0] as RawAnswer).owner ?? '';
  expect(owner).not.toBe('');
  const lost = answers.filter(({ status }) => status !== 200).map(problemOf);
  expect(lost).toHaveLength(199);
  for (const problem of lost) {
    expect(problem).toMatchObject({ status: 409, code: 'already_claimed', present: { owner, version: 2 } });
    expect(problem.detail).toContain(owner);
  }
});

it('[C1] hand over, note, answer, evidence, pause, resume, grade, resolve and reopen, with a line each', async () => {
  const rig = await startRig();
  const { incident: id } = await seed(rig);
  const steps: readonly Record<string, unknown>[] = [
    { type: 'claim' },
    { type: 'hand_over', to: '周屿' },
    { type: 'note', text: '在等检测' },
    { type: 'respond', actor: '苏晴', evidence: [{ kind: 'link', value: 'https://example.com/a' }] },
    { type: 'evidence', evidence: [{ kind: 'text', value: '置顶评论' }] },
    { type: 'pause', reason: '送检', secondActor: '陈放' },
    { type: 'resume' },
    { type: 'severity', grade: 'red', reason: '有人受伤' },
    { type: 'resolve' },
    { type: 'reopen', reason: '又来了' },
  ];
  for (const [n, step] of steps.entries()) {
    const { version } = await get(rig, id);
    const detail = detailOf(await command(rig, id, { expectedVersion: version, ...step }));
    if (step['type'] === 'respond') {
      expect(detail).toMatchObject({ owner: '周屿', respondedBy: '苏晴', response: 'https://example.com/a', status: 'responded' });
    }
    if (step['type'] === 'pause') expect(detail.pause).toMatchObject({ by: '林悦', secondBy: '陈放', reason: '送检' });
    if (step['type'] === 'evidence') expect(detail.evidence.map(({ kind }) => kind)).toEqual(['link', 'text']);
    expect(
      detail.audit.filter(({ actor }) => actor !== 'system'),
      `after ${n + 1} commands`,
    ).toHaveLength(n + 1);
  }
  const after = await get(rig, id);
  expect(after).toMatchObject({ status: 'open', generation: 2, owner: null, respondedBy: null, evidence: [], severity: { grade: 'red' } });
  expect(after.hops.publishedAt).toBeLessThanOrEqual(after.hops.detectedAt);
  expect(after.hops.detectedAt).toBeLessThanOrEqual(after.hops.receivedAt);
  expect(after.hops.receivedAt).toBeLessThanOrEqual(after.hops.classifiedAt);
  expect(after.hops.routedAt).not.toBeNull();
});

it('says in words what is wrong with a command', async () => {
  const rig = await startRig();
  const { incident: id } = await seed(rig);
  const wrong = async (body: Record<string, unknown>) => problemOf(await command(rig, id, { expectedVersion: 1, ...body }));
  expect(await wrong({ type: 'respond' })).toMatchObject({ status: 422, path: 'text' });
  expect(await wrong({ type: 'respond', text: '在', evidence: [{ kind: 'link', value: 'not a url' }] })).toMatchObject({
    status: 422,
    path: 'evidence[0].value',
  });
  expect(await wrong({ type: 'pause', reason: '送检', secondActor: '林悦' })).toMatchObject({ status: 422, code: 'same_person' });
  expect(await wrong({ type: 'merge', into: id })).toMatchObject({ status: 422, code: 'unknown_target' });
  expect(await wrong({ type: 'split', mentions: ['/monitor nothing'] })).toMatchObject({ status: 422, code: 'unknown_member' });
  expect(await wrong({ type: 'resume' })).toMatchObject({ status: 409, code: 'not_paused', present: { id } });
});

it('[C3] merges and splits', async () => {
  const rig = await startRig();
  const { incident: id } = await seed(rig);
  await publish(rig, mention('M-2', { storyId: 'B', reach: 50_000_000 }), mention('M-3', { storyId: 'B', reach: 50_000_000 }));
  const list = JSON.parse((await raw(rig, 'GET', '/api/incidents')).body) as { incidents: IncidentDetail[] };
  const other = list.incidents.find((one) => one.id !== id);
  if (other === undefined) throw new Error('no second story');
  const { version } = await get(rig, id);
  expect(detailOf(await command(rig, id, { expectedVersion: version, type: 'merge', into: other.id }))).toMatchObject({
    status: 'merged',
    mergedInto: other.id,
  });
  const target = await get(rig, other.id);
  expect(target.mentionCount).toBe(3);
  const late = problemOf(await command(rig, id, { expectedVersion: version + 1, type: 'claim' }));
  expect(late).toMatchObject({ status: 409, code: 'already_merged', present: { mergedInto: other.id } });
  expect(late.detail).toContain(other.code);
  const left = detailOf(await command(rig, other.id, { expectedVersion: target.version, type: 'split', mentions: ['/monitor M-1'] }));
  expect(left.mentionCount).toBe(2);
  const child = left.audit.find(({ action }) => action === 'split')?.detail['into'];
  expect(await get(rig, String(child))).toMatchObject({ mentionCount: 1, mentions: [{ mentionId: 'M-1' }] });
});

it('[IC24] a false alarm restates net sentiment through the line, and reopening takes it back', async () => {
  const rig = await startRig();
  const { incident: id } = await seed(rig);
  await publish(rig, mention('M-9', { label: 'positive' }));
  const sentiment = async () => {
    const answer = await raw(rig, 'GET', '/api/kpis?grain=day&period=2026-11-23&kpi=net_sentiment');
    return (JSON.parse(answer.body) as { values: { numerator: number; denominator: number }[] }).values[0];
  };
  const polarity = async () => (await get(rig, id)).mentions[0]?.polarity;
  expect(await sentiment()).toMatchObject({ numerator: 0, denominator: 2 });
  rig.now += 60_000;
  detailOf(await command(rig, id, { expectedVersion: (await get(rig, id)).version, type: 'false_alarm', reason: '讽刺' }));
  await eventually('the mention judged neutral', async () => ((await polarity()) === 'neutral' ? true : undefined));
  expect(await sentiment()).toMatchObject({ numerator: 1, denominator: 1 });
  await eventually('a line in the audit', async () => (await get(rig, id)).audit.find(({ action }) => action === 'sentiment_restated'));

  // The source counts its own versions; none of them meets ours.
  rig.now += 60_000;
  await publish(rig, mention('M-1', { version: 2, reach: 5_000 }));
  expect(await get(rig, id)).toMatchObject({ status: 'false_alarm', mentions: [{ reach: 5_000, polarity: 'neutral' }] });

  rig.now += 60_000;
  detailOf(await command(rig, id, { expectedVersion: (await get(rig, id)).version, type: 'reopen', reason: '是真的' }));
  await eventually('the mention judged negative again', async () => ((await polarity()) === 'negative' ? true : undefined));
  expect(await sentiment()).toMatchObject({ numerator: 0, denominator: 2 });
});
