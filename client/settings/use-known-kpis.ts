/** The KPIs that can have a target, with the budget, found by id or by name in either language. */
import { useMemo } from 'react';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { KnownKpi } from './read-targets.ts';

export interface KnownKpis {
  readonly list: readonly (KnownKpi & { readonly name: string })[];
  readonly of: (id: string) => KnownKpi | undefined;
  readonly named: (text: string) => KnownKpi | undefined;
  readonly name: (id: string) => string;
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/gu, '').toLocaleLowerCase();

/** A budget is no KPI's, but has targets like one. */
const budget: KnownKpi = { id: 'budget', unit: 'minor', dimensions: ['channel', 'campaign', 'line'] };
/** While the server describes no KPI, the one that every workspace begins with. */
const first: KnownKpi = { id: 'net_sales', unit: 'minor', dimensions: ['channel', 'region', 'category', 'core', 'campaign'] };

export function useKnownKpis(): KnownKpis {
  const { t } = useDeskWords();
  const { asked, name } = useDescriptions();
  return useMemo(() => {
    const described = asked.value?.definitions ?? [];
    const kpis: readonly KnownKpi[] = [...(described.length === 0 ? [first] : described), budget];
    const nameOf = (id: string): string => (id === 'budget' ? t('settings.targets.budget') : name(id));
    const found = new Map<string, KnownKpi>();
    for (const kpi of kpis) found.set(plain(kpi.id), kpi).set(plain(nameOf(kpi.id)), kpi);
    for (const { id, name: names } of described) {
      const kpi = kpis.find((one) => one.id === id);
      if (kpi) found.set(plain(names.zh), kpi).set(plain(names.en), kpi);
    }
    return {
      list: kpis.map((kpi) => ({ ...kpi, name: nameOf(kpi.id) })),
      of: (id) => kpis.find((kpi) => kpi.id === id),
      named: (text) => found.get(plain(text)),
      name: nameOf,
    };
    // `name` is made anew on every render; what it says changes with the descriptions and the language alone.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [asked.value, t]);
}
