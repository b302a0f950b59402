/** A marketing day like the one on the drawing board, the variants that strain the layout, and the state of the streams. */
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { usualDay, usualWorkspace } from './overview-day.ts';
import { emptyWorkspace, english, hugeNumbers, longNames, smallNumbers } from './overview-strained.ts';
import { alarmStrip, minutes } from './strip-fixture.ts';

export { usualDay, usualWorkspace };

/** The workspaces the scenarios belong to. */
export const workspaces = {
  usual: usualWorkspace,
  real: { ...usualWorkspace, demo: false },
  empty: { ...usualWorkspace, name: '新工作区', demo: false, brandsSet: false },
  longNames: { ...usualWorkspace, name: '山澜咖啡机华东华南大区联合作战工作区' },
  english: { ...usualWorkspace, name: 'Ridgeline Coffee' },
  alarms: { ...usualWorkspace, name: '山澜咖啡·告警' },
} satisfies Record<string, Workspace>;

export const scenarios = {
  usual: usualDay,
  empty: emptyWorkspace,
  longNames,
  hugeNumbers,
  smallNumbers,
  english,
  alarms: { ...usualDay, strip: alarmStrip },
} as const;

const freshness = (agesMs: readonly (number | null)[], now: number, silentMs: number | null = null): readonly StreamFreshness[] => {
  const budgets = [60_000, 120_000, 300_000, 900_000, 900_000];
  return (['orders', 'mentions', 'leads', 'spend', 'competitors'] as const).map((stream, i) => {
    const age = agesMs[i] ?? null;
    const at = age === null ? null : now - age;
    const aliveAt = silentMs === null ? null : now - silentMs;
    return { stream, lastReceivedAt: at, lastOccurredAt: at, aliveAt, budgetMs: budgets[i] ?? 0, usualSilenceMs: null };
  });
};

/** A quiet night: no event for long, and every source answers. */
export const streamsQuiet = (now: number) => freshness([minutes(22), minutes(18), minutes(62), minutes(240), minutes(95)], now, 3_000);
export const streamsUsual = (now: number) => freshness([6_000, 18_000, 35_000, minutes(4), minutes(4)], now);
export const streamsOneStale = (now: number) => freshness([6_000, 18_000, 35_000, minutes(4), minutes(22)], now);
export const streamsAllStale = (now: number) => freshness([minutes(62), minutes(33), minutes(28), minutes(47), minutes(22)], now);
export const streamsNever = (now: number) => freshness([null, null, null, null, null], now);

export const sourceRunning = (now: number): SourceHealth => ({
  source: 'log',
  state: 'running',
  reason: null,
  detail: null,
  since: now - minutes(300),
  lag: 0,
});
export const kafkaDown = (now: number): SourceHealth => ({
  source: 'kafka',
  state: 'down',
  reason: 'broker_unreachable',
  detail: 'No broker of 10.0.0.7:9092 answers.',
  since: now - minutes(2),
  lag: null,
});
