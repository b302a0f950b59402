import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics, type MetricsRegistry } from '../../../../server/adapters/metrics/registry.ts';

let metrics: MetricsRegistry | undefined;
afterEach(() => metrics?.stop());
const page = async () => (await (metrics as MetricsRegistry).exposition()).text;

describe('metrics', () => {
  it('count and measure what the parts report', async () => {
    metrics = createMetrics({ defaults: false, keepMs: 0 });
    metrics.events('http', 'sales', 'accepted', 3);
    metrics.events('http', 'sales', 'accepted', 2);
    metrics.quarantined('future_dated', 1);
    metrics.batchCommitted(0.004, 500);
    metrics.lag('sales', 0, 12);
    metrics.clients('overview', 7);
    metrics.pushed('patch', 4);
    metrics.dropped('packet', 9);
    metrics.clockFired(1_200);
    metrics.request('GET', '/api/kpis', 200, 0.02);
    const text = await page();
    expect(text).toContain('warroom_events_total{where="http",topic="sales",outcome="accepted"} 5');
    expect(text).toContain('warroom_quarantined_total{code="future_dated"} 1');
    expect(text).toContain('warroom_batch_commit_seconds_bucket{le="0.005"} 1');
    expect(text).toContain('warroom_lag_records{topic="sales",partition="0"} 12');
    expect(text).toContain('warroom_clients{view="overview"} 7');
    expect(text).toContain('warroom_pushed_total{kind="patch"} 4');
    expect(text).toContain('warroom_dropped_total{kind="packet"} 9');
    expect(text).toContain('warroom_clock_lateness_seconds_sum 1.2');
    expect(text).toContain('warroom_http_request_seconds_count{method="GET",route="/api/kpis",status="200"} 1');
  });

  it('are put together once for whoever reads them in a short while, and anew after it', async () => {
    const kept = createMetrics({ defaults: false, keepMs: 3_600_000 });
    kept.quarantined('future_dated', 1);
    const { text } = await kept.exposition();
    kept.quarantined('future_dated', 1);
    expect((await kept.exposition()).text).toBe(text);
    kept.stop();
    metrics = createMetrics({ defaults: false, keepMs: 1 });
    await page();
    metrics.quarantined('future_dated', 1);
    await expect.poll(page).toContain('warroom_quarantined_total{code="future_dated"} 1');
  });

  it('show a source in exactly one state', async () => {
    metrics = createMetrics({ defaults: false, keepMs: 0 });
    metrics.source('kafka', 'running');
    metrics.source('kafka', 'down');
    const text = await page();
    expect(text).toContain('warroom_source_state{source="kafka",state="down"} 1');
    expect(text).toContain('warroom_source_state{source="kafka",state="running"} 0');
  });

  it('show where the ledger stands, and how far it is rebuilt', async () => {
    metrics = createMetrics({ defaults: false, keepMs: 0 });
    metrics.ledger({ state: 'rebuilding', position: 7, head: 12, done: 30, total: 40, detail: '' });
    const rebuilding = await page();
    expect(rebuilding).toContain('warroom_ledger_state{state="rebuilding"} 1');
    expect(rebuilding).toContain('warroom_ledger_behind_commits 5');
    expect(rebuilding).toContain('warroom_ledger_rebuild_progress 0.75');
    metrics.ledger({ state: 'ready', position: 12, head: 12, detail: '' });
    const ready = await page();
    expect(ready).toContain('warroom_ledger_state{state="rebuilding"} 0');
    expect(ready).toContain('warroom_ledger_position 12');
    expect(ready).toContain('warroom_ledger_rebuild_progress 1');
  });

  it('see an event loop that was held up', async () => {
    metrics = createMetrics({ defaults: true, keepMs: 0 });
    const { eventLoopDelay } = metrics;
    await expect.poll(() => eventLoopDelay().max, { timeout: 10_000 }).toBeGreaterThan(0);
    const until = performance.now() + 120;
    while (performance.now() < until);
    await expect.poll(() => eventLoopDelay().max, { timeout: 10_000 }).toBeGreaterThan(0.08);
    const text = await page();
    expect(text).toMatch(/warroom_event_loop_delay_seconds\{quantile="0.99"\} 0\.\d+/);
    expect(text).toContain('warroom_process_resident_memory_bytes');
  });
});
