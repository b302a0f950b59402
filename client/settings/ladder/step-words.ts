/** How a step of the ladder is written. */
import type { LadderStep } from '../../../shared/incidents/ladder.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';

export const MINUTE_MS = 60_000;

export function useStepWords(): {
  readonly after: (ms: number) => string;
  readonly roles: (roles: LadderStep['to']) => string;
  readonly step: (step: LadderStep) => string;
} {
  const { t } = useDeskWords();
  const after = (ms: number): string => (ms === 0 ? t('alerts.ladder.atOnce') : t('alerts.ladder.after', { minutes: ms / MINUTE_MS }));
  const roles = (of: LadderStep['to']): string => of.map((role) => t(`alerts.role.${role}`)).join(t('alerts.list'));
  return {
    after,
    roles,
    step: ({ afterMs, when, to }) => `${after(afterMs)} · ${t(`alerts.ladder.condition.${when}`)} → ${roles(to)}`,
  };
}
