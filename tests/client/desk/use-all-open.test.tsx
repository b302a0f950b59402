// @vitest-environment happy-dom
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAllOpen, type AllOpen } from '../../../client/desk/use-all-open.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import type { IncidentPage } from '../../../shared/incidents/types.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';
import { incidentsFixture } from '../../helpers/incidents-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let frames: (() => void)[];
let root: Root;
const drawn: AllOpen[] = [];

function Probe({ first }: { readonly first: IncidentPage | undefined }): null {
  const all = useAllOpen(first);
  useEffect(() => {
    drawn.push(all);
  });
  return null;
}
const store = createScreenStore(fixtureNow);
const draw = (first: IncidentPage | undefined) =>
  act(async () =>
    root.render(
      <ScreenContext value={store}>
        <Probe first={first} />
      </ScreenContext>,
    ),
  );
const frame = () => act(async () => frames.splice(0).forEach((run) => run()));

const [model] = incidentsFixture.open.incidents;
if (!model) throw new Error('the fixture has no open story');
const page = (...counts: readonly number[]): IncidentPage => ({
  incidents: counts.map((mentionCount, i) => ({ ...structuredClone(model), id: `i-${i}`, mentionCount })),
  total: counts.length,
  next: null,
});
const all = () => drawn.at(-1);
const shown = () => [all()?.stories.map(({ mentionCount }) => mentionCount), all()?.total];

beforeEach(() => {
  frames = [];
  drawn.splice(0);
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  root = createRoot(document.createElement('div'));
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

it('shows the first page that comes at once', async () => {
  await draw(undefined);
  expect(shown()).toEqual([[], 0]);
  await draw(page(1, 2));
  expect(shown()).toEqual([[1, 2], 2]);
});

it('takes the newest page of a flood of them, with its own total, and keeps the stories that say the same', async () => {
  await draw(page(1, 2));
  const [, before] = all()?.stories ?? [];
  await draw(page(5, 2, 3));
  await draw(page(7, 2));
  expect(shown()).toEqual([[1, 2], 2]);
  await frame();
  // This one comes while the one before it is between its two frames.
  await draw(page(8, 2, 4));
  await frame();
  expect(shown()).toEqual([[7, 2], 2]);
  await frame();
  await frame();
  expect(shown()).toEqual([[8, 2, 4], 3]);
  expect(all()?.stories[1]).toBe(before);
});
