// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualList } from '../../../client/desk/virtual-list.tsx';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const ROW = 100;
const rows = Array.from({ length: 500 }, (_, i) => `story-${String(i)}`);
const keyOf = (row: string): string => row;
let page: HTMLElement;
let root: Root;

const draw = (of: readonly string[] = rows) =>
  act(async () =>
    root.render(
      <VirtualList rows={of} rowHeight={ROW} keyOf={keyOf} shown={null} label="queue">
        {(row) => <a href={`/${row}`}>{row}</a>}
      </VirtualList>,
    ),
  );
const box = (): HTMLElement => page.querySelector<HTMLElement>('.virtual-box') ?? page;
const items = (): readonly HTMLElement[] => [...page.querySelectorAll<HTMLElement>('.virtual-row')];
const texts = (): readonly (string | null)[] => items().map((item) => item.textContent);
const places = (): readonly number[] => items().map((item) => Number(item.getAttribute('aria-posinset')));
const scrollTo = (row: number) =>
  act(async () => {
    box().scrollTop = row * ROW;
    box().dispatchEvent(new Event('scroll'));
  });
/** Time passes in frames, each of which is drawn before the next one begins. */
const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame += 1) await act(async () => vi.advanceTimersByTime(20));
};
const rest = () => frames(50);
const sorted = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
const linkTo = (row: string): HTMLElement => page.querySelector<HTMLElement>(`a[href="/${row}"]`) ?? page;

beforeEach(async () => {
  vi.useFakeTimers();
  page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
  await draw();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await act(async () => root.unmount());
  page.remove();
  vi.useRealTimers();
});

describe('a long list', () => {
  it('scrolls with the elements it has, each row at its own place, and stands in order once it rests', async () => {
    await scrollTo(100);
    const before = items();
    await scrollTo(105);
    expect(items()).toEqual(before);
    expect(sorted(places())).toEqual(Array.from({ length: before.length }, (_, i) => 105 - 6 + 1 + i));
    for (const item of items()) {
      const place = Number(item.getAttribute('aria-posinset')) - 1;
      expect([item.textContent, item.style.transform]).toEqual([rows[place], `translateY(${String(place * ROW)}px)`]);
    }
    await rest();
    expect(places()).toEqual(sorted(places()));
    expect(new Set(items())).toEqual(new Set(before));
  });

  it('is put in order over several frames once it rests, and not while it scrolls', async () => {
    await scrollTo(100);
    await scrollTo(108);
    const seen: string[] = [];
    const moved = vi.spyOn(Node.prototype, 'insertBefore');
    const appended = vi.spyOn(Node.prototype, 'appendChild');
    let most = 0;
    for (let frame = 0; frame < 50; frame += 1) {
      moved.mockClear();
      appended.mockClear();
      await frames(1);
      most = Math.max(most, moved.mock.calls.length + appended.mock.calls.length);
      if (seen.at(-1) !== places().join()) seen.push(places().join());
    }
    expect(places()).toEqual(sorted(places()));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
    expect(seen.length).toBeGreaterThan(3);
  });

  it('begins anew with putting in order where it scrolls on', async () => {
    await scrollTo(100);
    await scrollTo(108);
    await frames(9);
    await scrollTo(117);
    await rest();
    expect(places()).toEqual(sorted(places()));
    expect(texts()).toContain('story-117');
  });

  it('never leaves the focus on an element that shows another row', async () => {
    await scrollTo(100);
    await rest();
    const link = linkTo('story-100');
    link.focus();
    for (const row of [103, 99, 96]) {
      await scrollTo(row);
      expect([document.activeElement === link, link.textContent]).toEqual([true, 'story-100']);
      // Whoever walks on by keyboard finds the rows in their order at once.
      expect(places()).toEqual(sorted(places()));
    }
    await scrollTo(300);
    expect([link.isConnected, link.textContent]).toEqual([false, 'story-100']);
    expect(texts()).not.toContain('story-100');
  });

  it('keeps the focus of a row that is put in order with the others', async () => {
    // As browsers do: an element that is moved in the document loses the focus.
    const append = Node.prototype.appendChild;
    vi.spyOn(Node.prototype, 'appendChild').mockImplementation(function <N extends Node>(this: Node, node: N): N {
      const focused = document.activeElement;
      if (node.isConnected && node.contains(focused) && focused instanceof HTMLElement) focused.blur();
      append.call(this, node);
      return node;
    });
    await scrollTo(100);
    await scrollTo(104);
    const last = items().find((item) => Number(item.getAttribute('aria-posinset')) === Math.max(...places()));
    expect(last === items().at(-1)).toBe(false);
    const link = last?.querySelector('a');
    link?.focus();
    await rest();
    expect([last === items().at(-1), document.activeElement === link]).toEqual([true, true]);
  });
});
