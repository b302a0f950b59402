import { beforeEach, describe, expect, it } from 'vitest';
import { createScreenStore, type Screen, type ScreenStore } from '../../../client/state/screen-store.ts';
import { stageStore, type StagedStore } from '../../../client/state/staged-store.ts';
import { withPanels } from '../../../client/state/turns-context.tsx';
import { createTurns } from '../../../client/state/turns.ts';
import { scenarios, workspaces } from '../../helpers/overview-fixture.ts';

let screen: ScreenStore;
let panel: StagedStore;
let asked: number;
const usual = scenarios.usual;

const patch = (net: number, revision: number, epoch = 'a'): Partial<Screen> => ({
  views: { overview: { ...usual, today: { ...usual.today, net } } },
  positions: { overview: { epoch, revision } },
});
const shown = () => {
  const { views, positions } = panel.store.getState();
  return { net: views.overview?.today?.net, revision: positions.overview?.revision };
};

beforeEach(() => {
  asked = 0;
  screen = createScreenStore(0);
  screen.setState({ workspace: workspaces.usual, phase: 'live', ...patch(100, 1) });
  panel = stageStore(screen, 'overview');
  panel.follow(() => {
    asked += 1;
  });
});

describe('the store of a panel', () => {
  it('keeps the figures of its last turn, with their revision, until the next one', () => {
    screen.setState(patch(200, 2));
    screen.setState(patch(300, 3));
    expect(shown()).toEqual({ net: 100, revision: 1 });
    expect(asked).toBe(2);
    panel.take();
    expect(shown()).toEqual({ net: 300, revision: 3 });
  });

  it('[S2] takes at once what says whether the figures are current', () => {
    screen.setState(patch(200, 2));
    screen.setState({ now: 5_000, streams: [] });
    expect(panel.store.getState()).toMatchObject({ now: 5_000 });
    expect(shown()).toEqual({ net: 100, revision: 1 });
    screen.setState({ phase: 'amber' });
    expect(panel.store.getState().phase).toBe('amber');
  });

  it('[S2] is whole before the screen is called live again, and where figures are of another numbering', () => {
    screen.setState({ phase: 'grey' });
    screen.setState(patch(200, 2));
    expect(shown()).toEqual({ net: 200, revision: 2 });
    screen.setState({ phase: 'live' });
    screen.setState(patch(300, 1, 'b'));
    expect(shown()).toEqual({ net: 300, revision: 1 });
    expect(asked).toBe(0);
  });

  it('asks for no turn where another view has changed', () => {
    screen.setState(({ views, positions }) => ({
      views: { ...views, standup: {} },
      positions: { ...positions, standup: { epoch: 'a', revision: 7 } },
    }));
    expect(asked).toBe(0);
  });
});

describe('the store of a later part of a panel', () => {
  let part: StagedStore;
  let partAsked: number;
  const partShows = () => part.store.getState().views.overview?.today?.net;

  beforeEach(() => {
    partAsked = 0;
    // By a whole hundred more stands for what must agree with the rest of the panel.
    const mayLag = (next: Screen, held: Screen): boolean =>
      ((next.views.overview?.today?.net ?? 0) - (held.views.overview?.today?.net ?? 0)) % 100 !== 0;
    part = stageStore(panel.store, 'overview', mayLag);
    part.follow(() => {
      partAsked += 1;
    });
  });

  it('[SC1] is never ahead of its panel, and takes its own turn after it', () => {
    const turns = withPanels(createTurns({ frame: () => undefined, clock: () => 0, hidden: () => false }));
    turns.join('overview', panel.store);
    turns.join('overview', part.store);
    screen.setState(patch(250, 2));
    part.take();
    expect([partShows(), partAsked]).toEqual([100, 0]);
    panel.take();
    expect([partShows(), partAsked, turns.drawn('overview')?.revision]).toEqual([100, 1, 1]);
    part.take();
    expect([partShows(), turns.drawn('overview')?.revision]).toEqual([250, 2]);
  });

  it('takes in with its panel what must agree with the rest of it, also while it waits', () => {
    screen.setState(patch(250, 2));
    panel.take();
    expect(partShows()).toBe(100);
    screen.setState(patch(300, 3));
    panel.take();
    expect(partShows()).toBe(300);
  });

  it('[S2] takes at once what says whether the figures are current', () => {
    screen.setState(patch(250, 2));
    panel.take();
    screen.setState({ phase: 'amber' });
    expect(part.store.getState().phase).toBe('amber');
    expect(partShows()).toBe(250);
  });
});

it('[SC1] a view counts as drawn up to the revision of its slowest panel', () => {
  const turns = withPanels(createTurns({ frame: () => undefined, clock: () => 0, hidden: () => false }));
  expect(turns.drawn('overview')).toBeNull();
  turns.join('overview', panel.store);
  const leave = turns.join('overview', screen);
  screen.setState(patch(200, 2));
  expect(turns.drawn('overview')).toEqual({ epoch: 'a', revision: 1 });
  panel.take();
  expect(turns.drawn('overview')).toEqual({ epoch: 'a', revision: 2 });
  leave();
  expect(turns.drawn('sentiment')).toBeNull();
});
