import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takePatch, takeSnapshot } from '../../../../../client/wire/stream.ts';
import { createBroadcaster, type BroadcasterParts } from '../../../../../server/pipeline/push/broadcaster.ts';
import { createProblems } from '../../../../../server/pipeline/ports/problems.ts';
import type { View } from '../../../../../server/pipeline/push/view.ts';
import type { Patch } from '../../../../../shared/wire/protocol.ts';
import type { ViewName } from '../../../../../shared/wire/views/all.ts';
import { everyView } from '../../../../helpers/every-view.ts';
import { ManualTime } from '../../../../helpers/manual-time.ts';
import { eventually } from '../../../../helpers/war-room.ts';
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

  it('[S1] a desk is sent the stories that changed, and holds what is read', async () => {
    const joins = (n: number) => rig.publish({ id: `n${n}`, data: { storyId: `S${n}` } });
    await rig.publish(...Array.from({ length: 130 }, (_, n) => ({ id: `m${n}`, data: { storyId: `S${n}` } })));
    const view = incidentsView(rig.store.reads);
    const time = new ManualTime(T0);
    const nothing = (name: ViewName): View => ({
      ...{ name, groups: [], affectedBy: () => [], refreshMs: {}, throttleMs: {}, read: () => Promise.reject(new Error('not a group')) },
    });
    const broadcaster = createBroadcaster({
      views: { ...(everyView(nothing) as BroadcasterParts['views']), incidents: view },
      ...{ clock: time, timers: time, problems: createProblems(), epoch: 'e1' },
    });
    const patches: Patch<'incidents'>[] = [];
    broadcaster.connect({
      watched: (name) => name === 'incidents',
      publish: (patch) => void patches.push(JSON.parse(JSON.stringify(patch)) as Patch<'incidents'>),
    });
    let held = takeSnapshot('incidents', await broadcaster.snapshot('incidents'));
    const next = async (): Promise<Patch<'incidents'>> => {
      const patch = await eventually(
        'a patch',
        async () => {
          time.pass(100);
          return patches.shift();
        },
        10_000,
      );
      held = takePatch('incidents', held.outcome === 'applied' ? held.snapshot : null, patch);
      expect(held.outcome === 'applied' && held.snapshot.state.open).toEqual(await view.read('open'));
      return patch;
    };

    broadcaster.onCommit(await joins(7), T0);
    const joined = await next();
    expect([joined.groups.open, joined.lists?.['open']?.rows.map((row) => row['mentionCount']), joined.lists?.['open']?.order]).toEqual([
      ...[undefined, [2], null],
    ]);
    // One that is closed leaves its place to the first one of the next page.
    const [first] = (await view.read('open')).incidents;
    const command = { commandId: 'c', expectedVersion: 1, actor: '林悦', type: 'false_alarm', reason: '误判' } as const;
    await rig.service.command(first?.id ?? '', command, T0);
    broadcaster.onCommit(['incidents'], T0);
    const closed = await next();
    expect([closed.lists?.['open']?.rows.length, closed.lists?.['open']?.order?.length]).toEqual([1, 100]);
    broadcaster.stop();
  });
});
