import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incidentsView } from '../../../../../server/pipeline/push/views/incidents.ts';
import { at, incidentRig, T0, type Rig } from '../../incidents/incident-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

describe('incident list', () => {
  it('shows open ones by deadline, closed ones, and how many old ones wait for a decision', async () => {
    const hours = 3_600_000;
    await rig.tell(
      { id: 'm1' },
      { id: 'm2', data: { detectedAt: at(T0 - hours) } },
      { id: 'm3' },
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
});
