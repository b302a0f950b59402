// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import { joinPages, useMorePages, type MorePages } from '../../../client/desk/use-more-pages.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

describe('[S7] the pages behind the first', () => {
  it('a row that moved into the first page is shown there alone', () => {
    expect(joinPages(['c', 'a'], ['a', 'b', 'c', 'd'], (row) => row)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('come one at a time, to the last row, and an answer that fails leaves what is shown', async () => {
    const asked: string[] = [];
    let fails = false;
    const ask = async (cursor: string) => {
      asked.push(cursor);
      const from = Number(cursor);
      if (fails) return { outcome: 'unreachable' } as const;
      return { outcome: 'ok', value: { rows: [from, from + 1], next: from < 14 ? String(from + 2) : null } } as const;
    };
    let pages: MorePages<number> | undefined;
    function Probe(): null {
      pages = useMorePages('10', ask);
      return null;
    }
    const root = createRoot(document.createElement('div'));
    const press = () => act(async () => pages?.more());
    await act(async () => root.render(<Probe />));
    expect(pages).toMatchObject({ rows: [], next: '10' });
    await press();
    expect(pages).toMatchObject({ rows: [10, 11], next: '12', failed: false });
    fails = true;
    await press();
    expect(pages).toMatchObject({ rows: [10, 11], next: '12', failed: true, busy: false });
    fails = false;
    await press();
    await press();
    await press();
    expect(pages).toMatchObject({ rows: [10, 11, 12, 13, 14, 15], next: null, failed: false });
    expect(asked).toEqual(['10', '12', '12', '14']);
    await act(async () => root.unmount());
  });
});
