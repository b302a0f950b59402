// @vitest-environment happy-dom
/** What a wall draws in its turn is in the page when the turn ends, and not before; a later part of a panel comes a frame after it. */
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { beforeEach, expect, it } from 'vitest';
import { InTurn, LaterPart } from '../../../client/panels/in-turn.tsx';
import { ScreenContext, useView } from '../../../client/state/screen-context.tsx';
import { createScreenStore, type Screen, type ScreenStore } from '../../../client/state/screen-store.ts';
import type { MayLag } from '../../../client/state/staged-store.ts';
import { createTurns } from '../../../client/state/turns.ts';
import { TurnsContext, withPanels, type PanelTurns } from '../../../client/state/turns-context.tsx';
import { scenarios, workspaces } from '../../helpers/overview-fixture.ts';

const patch = (net: number, revision: number): Partial<Screen> => ({
  views: { overview: { ...scenarios.usual, today: { ...scenarios.usual.today, net } } },
  positions: { overview: { epoch: 'a', revision } },
});

let screen: ScreenStore;
let turns: PanelTurns;
let frames: (() => void)[];
let page: HTMLElement;
let root: Root;

/** Each reading of the clock is a frame's worth later, so that every turn fills its frame. */
let reading = 0;
const frame = (): void => frames.splice(0).forEach((run) => run());

beforeEach(() => {
  screen = createScreenStore(0);
  screen.setState({ workspace: workspaces.usual, phase: 'live', ...patch(100, 1) });
  frames = [];
  turns = withPanels(createTurns({ frame: (run) => frames.push(run), clock: () => (reading += 100), hidden: () => false }));
  page = document.createElement('div');
  root = createRoot(page);
});

function Net({ of }: { readonly of: string }): ReactNode {
  return <span data-of={of}>{useView('overview')?.today?.net}</span>;
}
const shown = (): readonly (string | null)[] => [...page.querySelectorAll('[data-of]')].map(({ textContent }) => textContent);

async function draw(children: ReactNode, withTurns = true): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  await act(async () =>
    root.render(
      <ScreenContext value={screen}>
        <TurnsContext value={withTurns ? turns : null}>{children}</TurnsContext>
      </ScreenContext>,
    ),
  );
  // From here on frames alone decide when something is drawn, as on a wall.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const staged = (turn: string, of: string, mayLag?: MayLag): ReactNode => (
  <InTurn {...{ screen, turns, turn, ...(mayLag && { mayLag }) }} view="overview">
    <Net of={of} />
  </InTurn>
);

it('new figures are drawn in the frame of their turn and are in the page when it ends', async () => {
  await draw(staged('one', 'a'));
  screen.setState(patch(200, 2));
  await settled();
  expect([shown(), turns.drawn('overview')?.revision]).toEqual([['100'], 1]);
  frame();
  expect([shown(), turns.drawn('overview')?.revision]).toEqual([['200'], 2]);
});

it('panels of one turn are drawn in one frame, others one frame after the other', async () => {
  await draw([staged('one', 'a'), staged('one', 'b'), staged('two', 'c')].map((panel, i) => <div key={i}>{panel}</div>));
  screen.setState(patch(200, 2));
  frame();
  expect(shown()).toEqual(['200', '200', '100']);
  expect(turns.drawn('overview')?.revision).toBe(1);
  frame();
  expect(shown()).toEqual(['200', '200', '200']);
});

it('what may not lag is drawn with the screen, as the newest judgement says', async () => {
  await draw(staged('one', 'a', () => true));
  await draw(staged('one', 'a', () => false));
  screen.setState(patch(200, 2));
  await settled();
  expect([shown(), frames.length]).toEqual([['200'], 0]);
});

it('a panel that is gone holds nobody back and asks for nothing', async () => {
  await draw(staged('one', 'a'));
  expect(turns.drawn('overview')?.revision).toBe(1);
  await draw(null);
  expect(turns.drawn('overview')).toBeNull();
  screen.setState(patch(200, 2));
  expect(frames).toHaveLength(0);
});

const inTwoParts = (
  <InTurnOfScreen>
    <Net of="panel" />
    <LaterPart view="overview" turn="rest">
      <Net of="part" />
    </LaterPart>
  </InTurnOfScreen>
);
function InTurnOfScreen({ children }: { readonly children: ReactNode }): ReactNode {
  return <InTurn {...{ screen, turns, children }} view="overview" turn="one" />;
}

it('the later part of a panel comes in the frame after the rest, and is never ahead of it', async () => {
  await draw(inTwoParts);
  screen.setState(patch(200, 2));
  await settled();
  expect(shown()).toEqual(['100', '100']);
  frame();
  expect(shown()).toEqual(['200', '100']);
  frame();
  expect(shown()).toEqual(['200', '200']);
});

it('where there are no turns, the later part is drawn with the screen', async () => {
  await draw(
    <LaterPart view="overview" turn="rest">
      <Net of="part" />
    </LaterPart>,
    false,
  );
  screen.setState(patch(200, 2));
  await settled();
  expect(shown()).toEqual(['200']);
});
