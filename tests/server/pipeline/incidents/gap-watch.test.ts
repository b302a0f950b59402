/** The lead hears of hours in which nobody would be called, once for each of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGapWatch } from '../../../../server/pipeline/incidents/gap-watch.ts';
import type { Roster, RosterPerson } from '../../../../shared/incidents/roster.ts';
import type { RosterRole } from '../../../../shared/incidents/ladder.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';
import { calendar, incidentRig, type Rig } from './incident-rig.ts';

const hour = 3_600_000;
const day = 24 * hour;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

const person = (id: string, role: RosterRole, contacts: RosterPerson['contacts'] = [{ channel: `to-${id}` }]): RosterPerson => ({
  ...{ id, name: id, roles: [role], contacts },
});
const everyone = [person('zhang', 'duty'), person('su', 'lead')];
/** Hours from now. */
const shift = (role: RosterRole, who: string, from: number, to: number): Roster['shifts'][number] => ({
  ...{ role, person: who },
  from: new Date(start + from * hour).toISOString(),
  to: new Date(start + to * hour).toISOString(),
});
let start = 0;
const setRoster = (roster: Roster): Promise<void> => rig.policy('roster', roster);
const look = () => createGapWatch({ commit: rig.committing(), calendar, clock: rig.time, timers: rig.time, logger: silentLogger }).look();
const told = async () =>
  (await rig.store.reads.messages({ limit: 100, after: null })).rows
    .filter(({ content }) => content.reason === 'roster_gap')
    .map(({ person: to, content }) => [to?.id, content.title])
    .toReversed();

describe('a gap of the coming week [ES8]', () => {
  beforeEach(() => {
    start = rig.time.now();
  });

  it('is told to the lead once, also after a restart and while it goes on; a new one is told when it comes near', async () => {
    await setRoster({
      people: everyone,
      shifts: [
        shift('duty', 'zhang', -1, 20),
        shift('duty', 'zhang', 30, 200),
        shift('duty', 'zhang', 210, 3000),
        shift('lead', 'su', -1, 3000),
      ],
    });
    await look();
    expect(await told()).toEqual([['su', '11-24 08:44 – 11-24 18:44']]);
    await rig.restart();
    await look();
    rig.time.pass(25 * hour);
    await look();
    expect(await told()).toHaveLength(1);
    rig.time.pass(10 * hour);
    await look();
    expect((await told()).slice(1)).toEqual([['su', '12-01 20:44 – 12-02 06:44']]);
  });

  it('comes in one message with the others found by the same look, and without an end where there is none', async () => {
    await setRoster({
      people: everyone,
      shifts: [shift('duty', 'zhang', 5, 20), shift('duty', 'zhang', 30, 40), shift('lead', 'su', -1, 3000)],
    });
    await look();
    expect(await told()).toEqual([['su', '… – 11-23 17:44；11-24 08:44 – 11-24 18:44；11-25 04:44 – …']]);
    rig.time.pass(day);
    await look();
    expect(await told()).toHaveLength(1);
  });

  it('reaches a lead who has no shift, and waits for one who can be reached', async () => {
    await setRoster({ people: [person('zhang', 'duty', []), person('su', 'lead', [])], shifts: [shift('duty', 'zhang', -1, 20)] });
    await look();
    expect(await told()).toEqual([]);
    await setRoster({ people: [person('zhang', 'duty'), person('su', 'lead')], shifts: [shift('duty', 'zhang', -1, 20)] });
    await look();
    expect(await told()).toEqual([['su', '11-24 08:44 – …']]);
  });

  it('is none in a workspace without a roster', async () => {
    await look();
    await setRoster({ people: [], shifts: [] });
    await look();
    expect(await told()).toEqual([]);
  });
});
