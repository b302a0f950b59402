import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evolve } from '../../../../server/domain/incidents/evolve.ts';
import type { IncidentEvent } from '../../../../server/domain/incidents/events.ts';
import type { Incident } from '../../../../server/domain/incidents/types.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { IncidentCommand, IncidentDetail } from '../../../../shared/incidents/types.ts';
import { incidentRig, T0, type Rig } from '../incidents/incident-rig.ts';

let rig: Rig;
let incident: IncidentDetail;
beforeEach(async () => {
  rig = await incidentRig();
  await rig.publish({ id: 'm1', data: { storyId: 'S' } });
  const [first] = await rig.open();
  if (first === undefined) throw new Error('no incident opened');
  incident = first;
});
afterEach(() => rig.close());

const claim = (actor: string, commandId = actor): IncidentCommand => ({ commandId, expectedVersion: 1, actor, type: 'claim' });

describe('commands', () => {
  it('[C2] of 200 claims at once exactly one wins and 199 learn who', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => rig.service.command(incident.id, claim(`人${i}`), T0 + 1)));
    const winners = answers.filter((answer) => !isRefusal(answer)) as IncidentDetail[];
    expect(winners).toHaveLength(1);
    const owner = winners[0]?.owner ?? '';
    const losers = answers.filter(isRefusal);
    expect(losers).toHaveLength(199);
    for (const loser of losers) {
      expect(loser).toMatchObject({ status: 409, code: 'already_claimed', present: { owner, version: 2 } });
      expect(loser.detail).toContain(owner);
    }
    expect(rig.commits).toHaveLength(1);
  });

  it('[C2] the same command id gets the same answer and acts once', async () => {
    const won = await rig.service.command(incident.id, claim('林悦'), T0 + 1);
    const lost = await rig.service.command(incident.id, claim('陈放'), T0 + 2);
    expect(await rig.service.command(incident.id, claim('林悦'), T0 + 3)).toEqual(won);
    expect(await rig.service.command(incident.id, claim('陈放'), T0 + 4)).toEqual(lost);
    expect(await rig.trail(incident.id)).toHaveLength(2);
    const other: IncidentCommand = { ...claim('林悦'), type: 'respond', text: '在' };
    expect(await rig.service.command(incident.id, other, T0 + 5)).toMatchObject({ status: 422, code: 'command_id_reused' });
  });

  it('[C2] an old version is answered 409 with the present state', async () => {
    await rig.service.command(incident.id, claim('林悦'), T0 + 1);
    const stale: IncidentCommand = { commandId: 'x', expectedVersion: 1, actor: '陈放', type: 'respond', text: '在' };
    expect(await rig.service.command(incident.id, stale, T0 + 2)).toMatchObject({
      status: 409,
      code: 'version_mismatch',
      present: { version: 2, status: 'claimed', owner: '林悦' },
    });
  });

  it('an unknown incident is 404, and the command id stays free', async () => {
    expect(await rig.service.command('nope', claim('林悦'), T0)).toMatchObject({ status: 404, code: 'unknown_incident' });
    expect(await rig.service.command(incident.id, claim('林悦'), T0)).toMatchObject({ owner: '林悦' });
  });

  it('[C1] every change is an audit line that the store refuses to change', async () => {
    await rig.service.command(incident.id, claim('林悦'), T0 + 1);
    await rig.service.command(
      incident.id,
      {
        commandId: 'r',
        expectedVersion: 2,
        actor: '林悦',
        type: 'respond',
        text: '已联系',
        evidence: [{ kind: 'link', value: 'https://example.com/1' }],
      },
      T0 + 2,
    );
    await rig.service.command(incident.id, { commandId: 's', expectedVersion: 3, actor: '林悦', type: 'resolve', note: '换新' }, T0 + 3);
    expect(await rig.service.get(incident.id)).toMatchObject({
      status: 'resolved',
      response: '已联系',
      audit: [
        { action: 'opened', actor: 'system' },
        { action: 'claimed', actor: '林悦', at: T0 + 1 },
        { action: 'responded', detail: { evidence: [{ kind: 'link', value: 'https://example.com/1' }], outcome: 'met' } },
        { action: 'resolved', detail: { note: '换新', outcome: 'met' } },
      ],
    });
    expect((await rig.service.list({ open: false, limit: 10, after: null })).incidents.map((view) => view.id)).toEqual([incident.id]);
  });

  it('[IC11] the audit trail alone rebuilds the incident', async () => {
    const say = (command: Omit<IncidentCommand, 'commandId' | 'expectedVersion'>, version: number, at: number) =>
      rig.service.command(incident.id, { ...command, commandId: `c${version}`, expectedVersion: version } as IncidentCommand, at);
    await say({ type: 'claim', actor: '林悦' }, 1, T0 + 1);
    await rig.publish({ id: 'm2', data: { storyId: 'S', detectedAt: new Date(T0 - 500).toISOString() } });
    await say({ type: 'respond', actor: '林悦', text: '晚了' } as never, 3, T0 + 8_000_000);
    await say({ type: 'resolve', actor: '林悦' }, 4, T0 + 8_000_001);
    await say({ type: 'reopen', actor: '陈放', reason: '又来了' } as never, 5, T0 + 8_000_002);
    const trail = (await rig.trail(incident.id)) as unknown as readonly IncidentEvent[];
    const rebuilt = trail.reduce<Incident | undefined>((state, event) => evolve(state, event), undefined);
    const stored = await rig.store.write((tx) => tx.incident(incident.id));
    expect({ ...rebuilt, version: 6 }).toEqual(stored);
  });

  it('[T7] a late answer leaves the breach it came after, written once', async () => {
    const due = T0 + 7_200_000;
    await rig.service.command(incident.id, { commandId: 'r', expectedVersion: 1, actor: '林悦', type: 'respond', text: '晚了' }, due + 40);
    const after = await rig.service.get(incident.id);
    expect(after?.clocks[0]).toMatchObject({ state: 'fired', firedAt: due + 40, latenessMs: 40, stoppedAt: due + 40 });
    expect(after?.audit.map((line) => line.action)).toEqual(['opened', 'clock_fired', 'responded']);
    expect(await rig.store.reads.counts()).toMatchObject({ outbox: 2 });
  });
});
