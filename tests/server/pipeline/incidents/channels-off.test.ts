/** Whom the ladder calls while channels are switched off [ES2]. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Roster } from '../../../../shared/incidents/roster.ts';
import { incidentRig, T0, type Rig } from './incident-rig.ts';

const DAY = 86_400_000;
let rig: Rig;
beforeEach(async () => {
  rig = await incidentRig();
});
afterEach(() => rig.close());

const person = (id: string, name: string, channels: readonly string[]): Roster['people'][number] => ({
  ...{ id, name, roles: ['duty', 'backup'] },
  contacts: channels.map((channel) => ({ channel })),
});
const shift = (role: 'duty' | 'backup', of: string) => ({
  ...{ role, person: of },
  ...{ from: new Date(T0 - DAY).toISOString(), to: new Date(T0 + DAY).toISOString() },
});

it.each([
  { name: 'all are on', of: ['one'], off: [], called: ['林悦'], nobodyFor: [], roles: ['duty'] },
  { name: 'the only one is off', of: ['one'], off: ['one'], called: ['林悦', '陈放'], nobodyFor: ['duty'], roles: ['backup'] },
  { name: 'the first of two is off', of: ['one', 'two'], off: ['one'], called: ['林悦'], nobodyFor: [], roles: ['duty'] },
  { name: 'it does not exist', of: ['none'], off: [], called: ['林悦', '陈放'], nobodyFor: ['duty'], roles: ['backup'] },
])('of the channels of whoever is on duty $name', async ({ of, off, called, nobodyFor, roles }) => {
  const people = [person('lin', '林悦', of), person('chen', '陈放', ['two'])];
  await rig.policy('roster', { people, shifts: [shift('duty', 'lin'), shift('backup', 'chen')] });
  const row = (id: string) => ({ id, kind: 'wecom', enabled: !off.some((one) => one === id), sealed: id });
  await rig.store.write((tx) => tx.putChannels(['one', 'two'].map(row), T0));
  await rig.publish({ id: 'm1' });
  const [story] = await rig.open();
  expect(story?.audit.at(-1)).toMatchObject({ action: 'escalated', detail: { people: called, nobodyFor, roles } });
});
