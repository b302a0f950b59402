/** The parts of the policy `wall` in words, for the preview and for what saving would change. */
import type { WallPolicy } from '../../../shared/screens/wall-policy.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Change } from '../changes.ts';
import { fieldChanges } from '../changes.ts';
import { weekdays } from './wall-draft.ts';

export interface DayWords {
  readonly standup: (policy: WallPolicy) => string;
  readonly quiet: (policy: WallPolicy) => string;
  readonly dim: (policy: WallPolicy) => string;
  readonly changes: (before: WallPolicy, after: WallPolicy) => readonly Change[];
}

export function useDayWords(): DayWords {
  const { t } = useDeskWords();
  const { t: wallWords } = useWords();
  const yes = (is: boolean): string => t(is ? 'wallSettings.yes' : 'wallSettings.no');
  const words: Omit<DayWords, 'changes'> = {
    standup: ({ standup }) => {
      if (standup === null) return t('wallSettings.noStandup');
      const { at, minutes, days } = standup;
      const named = weekdays.filter((day) => days.includes(day)).map((day) => t(`wallSettings.day.${day}`));
      return t('wallSettings.standupWords', { at, minutes, days: named.join(' ') });
    },
    quiet: ({ quiet }) => (quiet === null ? t('wallSettings.neverQuiet') : t('wallSettings.quietWords', quiet)),
    dim: ({ dim }) =>
      dim === null
        ? t('wallSettings.neverDim')
        : t('wallSettings.dimWords', { from: dim.from, to: dim.to, level: Math.round(dim.level * 100) }),
  };
  /** Each part as one line of text, so that two policies can be held side by side. */
  const told = (policy: WallPolicy) => ({
    preview: policy.rotation.map(({ scene, seconds }) => `${wallWords(`scene.${scene}`)} ${seconds}`).join(' → '),
    standup: words.standup(policy),
    quietFrom: words.quiet(policy),
    dimFrom: words.dim(policy),
    sound: yes(policy.sound),
    speech: yes(policy.speech),
    paintBudget: String(policy.paintBudgetMs / 1000),
  });
  const names = ['preview', 'standup', 'quietFrom', 'dimFrom', 'sound', 'speech', 'paintBudget'] as const;
  return {
    ...words,
    changes: (before, after) =>
      fieldChanges(told(before), told(after), (field, value) => ({
        name: t(`wallSettings.${names.find((name) => name === field) ?? 'preview'}`),
        value: String(value),
      })),
  };
}
