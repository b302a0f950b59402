import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incidentsView } from '../../../../../server/pipeline/push/views/incidents.ts';
import { touchesStrip } from '../../../../../server/pipeline/push/views/strip-group.ts';
import { at, incidentRig, T0, type Rig } from '../../incidents/incident-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

describe('incident list', () => {
  it('shows open ones by deadline, closed ones, and how many old ones wait for a decision', async () => {
    const hours = 3_600_000;
    await rig.publish(
      { id: 'm1', data: { storyId: 'S1' } },
      { id: 'm2', data: { storyId: 'S2', detectedAt: at(T0 - hours) } },
      { id: 'm3', data: { storyId: 'S3' } },
      { id: 'm4', data: { detectedAt: at(T0 - 48 * hours) } },
    );
    const view = incidentsView(rig.store.reads);
    const { incidents: open } = await view.read('open');
    expect(open.map((incident) => incident.code)).toEqual(['A2', 'A1', 'A3']);
    expect(Object.keys(open[0] ?? {})).not.toContain('audit');
    expect(await view.read('pendingHistory')).toBe(1);

    const [first] = open;
    const command = { commandId: 'c', expectedVersion: 1, actor: '林悦', type: 'false_alarm', reason: '误判' } as const;
    await rig.service.command(first?.id ?? '', command, T0);
    expect((await view.read('open')).incidents.map((incident) => incident.code)).toEqual(['A1', 'A3']);
    expect((await view.read('recent')).incidents.map((incident) => incident.code)).toEqual(['A2']);
  });

  it('[T9] a mention that joins touches neither strip nor clocks: the list is read again at most four times a second', async () => {
    const view = incidentsView(rig.store.reads);
    // Three mentions in an hour are a grade of their own; those behind them change none.
    await rig.publish(...['m1', 'm2', 'm3'].map((id) => ({ id, data: { storyId: 'S' } })));
    const touched = await rig.publish({ id: 'm4', data: { storyId: 'S' } });
    expect(touched).toEqual(['incidentMentions']);
    expect(touchesStrip).not.toContain('incidentMentions');
    expect(view.affectedBy('incidentMentions')).toContain('open');
    expect(view.throttleMs.open).toBeGreaterThanOrEqual(250);
    expect((await view.read('open')).incidents).toMatchObject([{ mentionCount: 4 }]);
  });

  it('[S7] holds a first page and says how many there are and where to go on', async () => {
    await rig.publish(...Array.from({ length: 130 }, (_, n) => ({ id: `m${n}`, data: { storyId: `S${n}` } })));
    const view = incidentsView(rig.store.reads);
    const open = await view.read('open');
    expect([open.incidents.length, open.total, typeof open.next]).toEqual([100, 130, 'string']);
  });
});
