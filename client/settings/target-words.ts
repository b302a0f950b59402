/** How targets and their fields are written. */
import type { Target } from '../../shared/kpi/targets.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Field } from './read-targets.ts';
import { useKnownKpis } from './use-known-kpis.ts';

export interface TargetWords {
  readonly value: (kpi: string, value: number) => string;
  readonly cell: (target: Target) => string;
  readonly column: (field: Field) => string;
}

export function useTargetWords(): TargetWords {
  const { t, coded } = useDeskWords();
  const words = useFigureWords();
  const { of } = useKnownKpis();
  return {
    value: (kpi, value) => words.full(kpi, of(kpi)?.unit ?? 'minor', value),
    cell: ({ dimension }) => words.cell(dimension ?? null) || t('settings.targets.whole'),
    column: (field) => {
      switch (field) {
        case 'kpi':
        case 'period':
        case 'value':
        case 'since':
          return t(`settings.targets.${field}`);
        case 'owner':
        case 'reason':
          return t(`settings.${field}`);
        default:
          return coded('dimension', field);
      }
    },
  };
}
