/** Names and formulas of the KPIs in the language of the page, as the server describes them. */
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { KpiWords, KpiDescription, KpiDefinitions } from '../../shared/kpi/definitions.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useAsked, type Asked } from './use-asked.ts';

const DescriptionsContext = createContext<Asked<KpiDefinitions> | null>(null);

/** Asks once for all components of a page. */
export function DescriptionsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return <DescriptionsContext value={useAsked<KpiDefinitions>('/api/kpis/definitions')}>{children}</DescriptionsContext>;
}

export interface Descriptions {
  readonly asked: Asked<KpiDefinitions>;
  readonly of: (kpi: string) => KpiDescription | undefined;
  /** The name of a KPI; its id while the server has not described it. */
  readonly name: (kpi: string) => string;
  readonly say: (text: KpiWords) => string;
}

export function useDescriptions(): Descriptions {
  const { language } = useDeskWords();
  const asked = useContext(DescriptionsContext);
  if (!asked) throw new Error('descriptions are asked for outside of a desk page');
  const { value } = asked;
  const byId = useMemo(() => new Map((value?.definitions ?? []).map((definition) => [definition.id, definition])), [value]);
  const say = (text: KpiWords): string => (language === 'en' ? text.en : text.zh);
  return {
    asked,
    of: (kpi) => byId.get(kpi),
    name: (kpi) => {
      const found = byId.get(kpi);
      return found ? say(found.name) : kpi;
    },
    say,
  };
}
