// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { useCampaigns, type LiveCampaigns } from '../../../client/director/use-campaigns.ts';
import { ScreenContext } from '../../../client/state/screen-context.tsx';
import { createScreenStore } from '../../../client/state/screen-store.ts';
import { fixtureNow } from '../../helpers/fixture-now.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
/** A busy machine may need longer than the second that is waited by default. */
const PATIENT = { timeout: 30_000 };
afterEach(() => vi.unstubAllGlobals());

it('a reading of many pages comes to its end, however often it would be time for the next one meanwhile', async () => {
  const store = createScreenStore(fixtureNow);
  const waiting: (() => void)[] = [];
  const asked: number[] = [];
  const page = (from: number) => ({ rows: [{ campaignId: `C-${from}` }], next: from < 3 ? String(from + 1) : null, totalRows: 4 });
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    const from = Number(new URL(path, 'http://localhost').searchParams.get('cursor') ?? '0');
    asked.push(from);
    await new Promise<void>((done) => waiting.push(done));
    signal?.throwIfAborted();
    return Response.json(page(from));
  });
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    run();
    return 0;
  });
  let list: LiveCampaigns | undefined;
  function Probe(): null {
    list = useCampaigns('/api/campaigns?basis=cash');
    return null;
  }
  const root = createRoot(document.createElement('div'));
  await act(async () =>
    root.render(
      <ScreenContext value={store}>
        <Probe />
      </ScreenContext>,
    ),
  );
  for (let i = 1; i <= 4; i += 1) {
    await act(async () => store.setState({ now: fixtureNow + i * 6_000 }));
    await act(async () => waiting.splice(0).forEach((answer) => answer()));
    await vi.waitFor(() => expect(asked.length > i || list?.value !== null).toBe(true), PATIENT);
  }
  expect(list?.value?.rows.map(({ campaignId }) => campaignId)).toEqual(['C-0', 'C-1', 'C-2', 'C-3']);
  await act(async () => root.unmount());
});
