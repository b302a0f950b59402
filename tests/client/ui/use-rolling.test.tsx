// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useRolling } from '../../../client/ui/use-rolling.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let frames: Map<number, (at: number) => void>;
let page: HTMLElement;
let root: Root;

function Figure({ value }: { readonly value: number }) {
  return <p>{useRolling(value)}</p>;
}
const draw = (value: number) => act(async () => root.render(<Figure value={value} />));
const shown = () => Number(page.textContent);
const frame = (at: number) =>
  act(async () => {
    const due = [...frames.values()];
    frames.clear();
    for (const run of due) run(at);
  });
const turn = (hidden: boolean) =>
  act(async () => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  });

beforeEach(() => {
  frames = new Map();
  let id = 0;
  vi.stubGlobal('requestAnimationFrame', (run: (at: number) => void) => {
    id += 1;
    frames.set(id, run);
    return id;
  });
  vi.stubGlobal('cancelAnimationFrame', (own: number) => frames.delete(own));
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  page = document.createElement('div');
  root = createRoot(page);
});
afterEach(async () => {
  await act(async () => root.unmount());
  Reflect.deleteProperty(document, 'hidden');
  vi.unstubAllGlobals();
});

it('rolls from the old figure to the new one', async () => {
  await draw(100);
  await draw(200);
  await frame(1_000);
  expect(shown()).toBe(100);
  await frame(1_100);
  expect(shown()).toBeGreaterThan(100);
  await frame(1_400);
  expect([shown(), frames.size]).toEqual([200, 0]);
});

it.each([0, 1, 2])('stands at the new figure where the page is hidden after %i frames of a roll', async (rolled) => {
  await draw(100);
  await draw(200);
  for (let i = 0; i < rolled; i += 1) await frame(1_000 + i * 100);
  await turn(true);
  expect([shown(), frames.size]).toEqual([200, 0]);
  await turn(false);
  expect([shown(), frames.size]).toEqual([200, 0]);
});

it('shows a figure that comes while the page is hidden at once', async () => {
  await draw(100);
  await turn(true);
  await draw(300);
  expect([shown(), frames.size]).toEqual([300, 0]);
});
