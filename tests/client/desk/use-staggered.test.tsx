// @vitest-environment happy-dom
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useStaggered } from '../../../client/desk/use-staggered.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore, type ScreenStore } from '../../../client/state/screen-store.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let frames: (() => void)[];
let root: Root;
let screen: ScreenStore;
let stores: readonly ScreenStore[];

function Probe(): null {
  const given = useStaggered(3);
  useEffect(() => {
    stores = given;
  });
  return null;
}
const seconds = (): readonly number[] => stores.map((store) => (store.getState().now - fixtureNow) / 1_000);
const phases = (): readonly string[] => stores.map((store) => store.getState().phase);
const tick = () => act(async () => screen.setState(({ now }) => ({ now: now + 1_000 })));
const frame = () => act(async () => frames.splice(0).forEach((run) => run()));
const hide = (hidden: boolean): void => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(async () => {
  frames = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((run) => frames.push(() => run(0)));
  screen = createScreenStore(fixtureNow);
  screen.setState({ phase: 'live' });
  root = createRoot(document.createElement('div'));
  await act(async () =>
    root.render(
      <ScreenContext value={screen}>
        <Probe />
      </ScreenContext>,
    ),
  );
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.restoreAllMocks();
});

it('takes a tick in one part after the other, one a frame', async () => {
  await tick();
  expect(seconds()).toEqual([0, 0, 0]);
  await frame();
  expect(seconds()).toEqual([1, 0, 0]);
  await frame();
  await frame();
  expect(seconds()).toEqual([1, 1, 1]);
  // Nothing is asked for until something changes.
  expect(frames).toEqual([]);
});

it('comes to the newest state also where ticks come faster than the parts take them', async () => {
  await tick();
  await frame();
  await tick();
  await frame();
  for (let left = 0; left < 6; left += 1) await frame();
  expect(seconds()).toEqual([2, 2, 2]);
  expect(frames).toEqual([]);
});

it('[S2] holds nothing back where the screen is not live, nor when it becomes so', async () => {
  await tick();
  await act(async () => screen.setState({ phase: 'grey' }));
  expect([phases(), seconds()]).toEqual([
    ['grey', 'grey', 'grey'],
    [1, 1, 1],
  ]);
  await tick();
  expect(seconds()).toEqual([2, 2, 2]);
  await act(async () => screen.setState(({ now }) => ({ phase: 'live', now: now + 60_000 })));
  expect([phases(), seconds()]).toEqual([
    ['live', 'live', 'live'],
    [62, 62, 62],
  ]);
});

it('[S2] is up to date before the first frame of a page that was not seen', async () => {
  hide(true);
  await tick();
  await tick();
  expect(seconds()).toEqual([2, 2, 2]);
  hide(false);
  await tick();
  // Hidden while the parts wait for their frames.
  await act(async () => hide(true));
  expect(seconds()).toEqual([3, 3, 3]);
});

it('leaves off once the list is gone', async () => {
  await tick();
  await act(async () => root.render(null));
  await frame();
  expect(seconds()).toEqual([0, 0, 0]);
  expect(frames).toEqual([]);
});
