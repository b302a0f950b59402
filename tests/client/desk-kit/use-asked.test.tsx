// @vitest-environment happy-dom
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useAsked, type Asked } from '../../../client/desk-kit/use-asked.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore, type ScreenStore } from '../../../client/state/screen-store.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const EVERY_MS = 5_000;
/** A busy machine may need longer than the second that is waited by default. */
const PATIENT = { timeout: 30_000 };
let store: ScreenStore;
let root: Root;
let answer: unknown;
let questions: number;
/** What was drawn, one after the other. */
const drawn: Asked<unknown>[] = [];
const shown = () => drawn.at(-1);

function Probe(): null {
  const asked = useAsked('/api/some', { everyMs: EVERY_MS });
  useEffect(() => {
    drawn.push(asked);
  });
  return null;
}
const ticks = (turn: number) => act(async () => store.setState({ now: fixtureNow + turn * EVERY_MS }));

beforeEach(async () => {
  store = createScreenStore(fixtureNow);
  drawn.splice(0);
  [questions, answer] = [0, { rows: [1, { deep: 'a' }] }];
  vi.stubGlobal('fetch', async () => {
    questions += 1;
    return Response.json(answer);
  });
  root = createRoot(document.createElement('div'));
  await act(async () =>
    root.render(
      <ScreenContext value={store}>
        <Probe />
      </ScreenContext>,
    ),
  );
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

it('asks again from time to time, and draws nothing for an answer that says the same', async () => {
  await vi.waitFor(() => expect(shown()?.value).toEqual(answer), PATIENT);
  const before = [...drawn];
  for (const turn of [1, 2, 3]) await ticks(turn);
  expect(questions).toBe(4);
  expect(drawn).toEqual(before);
  answer = { rows: [1, { deep: 'b' }] };
  await ticks(4);
  await vi.waitFor(() => expect(shown()?.value).toEqual(answer), PATIENT);
});

it('says why there was no answer, keeps the one before, and says when there is one again', async () => {
  await vi.waitFor(() => expect(shown()?.value).toEqual(answer), PATIENT);
  const before = shown()?.value;
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('no network');
  });
  await ticks(1);
  await vi.waitFor(() => expect(shown()?.fault?.outcome).toBe('unreachable'), PATIENT);
  expect(shown()?.value).toBe(before);
  vi.stubGlobal('fetch', async () => Response.json(answer));
  await ticks(2);
  await vi.waitFor(() => expect(shown()?.fault).toBeNull(), PATIENT);
  expect(shown()?.value).toBe(before);
});
