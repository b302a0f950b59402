import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { createWelcome } from '../../../../server/pipeline/push/welcome.ts';
import { policyDefaults } from '../../../../shared/kpi/targets.ts';
import { workspace, type Workspace } from '../../../../shared/wire/workspace.ts';
import { ManualTime } from '../../../helpers/manual-time.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const facts = { name: 'Ridge', demo: false, timeZone: 'Asia/Tokyo', currency: 'JPY', currencyDigits: 0, locale: 'en' };

function rig(own: Partial<typeof facts> = {}) {
  const time = new ManualTime(1_000_000);
  const sent: Workspace[] = [];
  const state = { own: [] as string[], wall: policyDefaults.wall, away: false, bug: false };
  const welcome = createWelcome({
    reads: {
      policies: async () => {
        if (state.away) throw new Unavailable('busy', 'the store is away');
        if (state.bug) throw new TypeError('not a policy');
        return { ...policyDefaults, brands: { own: state.own, tracked: [] }, wall: state.wall };
      },
    },
    timers: time,
    workspace: { ...facts, ...own },
    send: (message) => sent.push(message),
  });
  return { time, sent, state, welcome };
}

describe('the welcome message of every screen', () => {
  it('is one message that fits its schema, whatever the screen shows', async () => {
    const { welcome } = rig();
    expect(workspace.parse(await welcome.current())).toEqual({ ...facts, brandsSet: false, wall: policyDefaults.wall });
  });

  it('calls a workspace without a name by its first own brand, once there is one', async () => {
    const { welcome, state } = rig({ name: '' });
    expect(await welcome.current()).toMatchObject({ name: '', brandsSet: false });
    state.own = ['山澜', '远山'];
    welcome.onCommit(['policies']);
    await settled();
    expect(await welcome.current()).toMatchObject({ name: '山澜', brandsSet: true });
  });

  it('is sent again when a policy made a difference, and only then', async () => {
    const { welcome, sent, state } = rig();
    await welcome.current();
    welcome.onCommit(['policies']);
    state.own = ['Ridge'];
    welcome.onCommit(['sales', 'mentions']);
    await settled();
    expect(sent).toHaveLength(0);
    welcome.onCommit(['policies', 'mentions']);
    await settled();
    expect(sent).toMatchObject([{ brandsSet: true }]);
    state.wall = { ...policyDefaults.wall, sound: false };
    welcome.onCommit(['policies']);
    await settled();
    expect(sent[1]).toMatchObject({ brandsSet: true, wall: { sound: false } });
  });

  it('reads nothing before anybody is there', async () => {
    const { welcome, state } = rig();
    state.bug = true;
    welcome.onCommit(['policies']);
    await settled();
    welcome.stop();
    await expect(welcome.run()).resolves.toBeUndefined();
  });

  it('follows when the store is back', async () => {
    const { welcome, sent, state, time } = rig();
    await welcome.current();
    Object.assign(state, { own: ['Ridge'], away: true });
    welcome.onCommit(['policies']);
    await settled();
    expect(sent).toHaveLength(0);
    state.away = false;
    time.pass(1_000);
    await settled();
    expect(sent).toHaveLength(1);
  });

  it('a bug in the read ends the run', async () => {
    const { welcome, state } = rig();
    await welcome.current();
    state.bug = true;
    welcome.onCommit(['policies']);
    await expect(welcome.run()).rejects.toThrow('not a policy');
  });
});
