/** The line with GET /api/kpis behind it: events in, values out. */
import type { KpiValue } from '../../shared/kpi/types.ts';
import { isRefusal } from '../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../server/pipeline/services/kpis.ts';
import type { KpiQuery } from '../../server/pipeline/services/services.ts';
import { openLine, type Line } from './line.ts';

export interface KpiQuestion extends Partial<Pick<KpiQuery, 'grain' | 'period' | 'by' | 'where'>> {
  readonly kpi: string;
  /** RFC 3339. */
  readonly asOf?: string;
  readonly knownAt?: string;
}

export interface KpiLine extends Line {
  /** Values of one KPI, of November 2026 unless told otherwise. */
  ask(question: KpiQuestion): Promise<readonly KpiValue[]>;
  /** The one value of the whole. */
  whole(question: Omit<KpiQuestion, 'by'>): Promise<KpiValue>;
  /** Sets readings for every period. */
  setReadings(value: object): Promise<void>;
}

export async function openKpiLine(now: string): Promise<KpiLine> {
  const line = await openLine({ now });
  const { store, ledger, calendar, clock } = line;
  const kpis = createKpiService({ reads: store.reads, ledger, calendar, clock });
  const instant = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
  const ask = async ({ kpi, asOf, knownAt, ...more }: KpiQuestion): Promise<readonly KpiValue[]> => {
    const query = { grain: 'month', period: '2026-11', by: null, where: [], ...more } as const;
    const answer = await kpis.query({ ...query, kpis: [kpi], asOf: instant(asOf), knownAt: instant(knownAt) });
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
    return answer.values;
  };
  return {
    ...line,
    ask,
    async whole(question) {
      const [value] = await ask({ ...question, by: null });
      if (!value) throw new Error(`no value of ${question.kpi}`);
      return value;
    },
    async setReadings(value) {
      await store.write((tx) => tx.putPolicy('readings', { value, owner: 'o', reason: 'r', effectiveFrom: 0, setAt: clock.now() }));
    },
  };
}
