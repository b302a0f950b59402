// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { useFontsOf } from '../../../client/charts/use-fonts-of.ts';

function Shown() {
  return <p>{useFontsOf(['13px A', '13px B'], '月1') ? 'drawn' : 'waiting'}</p>;
}

async function shownWith(load: (font: string, text: string) => Promise<unknown>): Promise<HTMLElement> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  Object.defineProperty(document, 'fonts', { value: { load }, configurable: true });
  const host = document.createElement('div');
  await act(async () => createRoot(host).render(<Shown />));
  return host;
}
afterEach(() => vi.unstubAllGlobals());

it('waits for each font of the text, and for none that cannot be had', async () => {
  const asked: string[] = [];
  let come = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    come = resolve;
  });
  const host = await shownWith((font, text) => {
    asked.push(`${font} ${text}`);
    return font === '13px A' ? first : Promise.reject(new Error('no such font'));
  });
  expect([host.textContent, asked]).toEqual(['waiting', ['13px A 月1', '13px B 月1']]);
  await act(async () => come());
  expect(host.textContent).toBe('drawn');
});
