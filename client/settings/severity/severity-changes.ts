/** What a new policy of severity changes, as lines of words. Pure but for the words. */
import { grades } from '../../../shared/incidents/grades.ts';
import type { Scale, SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';
import { topics } from '../../../shared/incidents/topics.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { listChanges, type Change } from '../changes.ts';

type Named = Readonly<Record<string, { readonly name: string; readonly value: string }>>;

export function useSeverityChanges(): (before: SeverityPolicy, after: SeverityPolicy) => readonly Change[] {
  const { t } = useDeskWords();
  const { t: say } = useWords();
  const named = (policy: SeverityPolicy): Named => ({
    ...Object.fromEntries(
      grades.flatMap((grade) =>
        grade === 'blue'
          ? []
          : [
              [
                `thresholds ${grade}`,
                { name: t('alerts.severity.from', { grade: say(`severity.grade.${grade}`) }), value: String(policy.thresholds[grade]) },
              ],
            ],
      ),
    ),
    ...Object.fromEntries(
      topics.flatMap((topic) => {
        const name = say(`severity.topic.${topic}`);
        return [
          [`topic ${topic}`, { name: `${name} · ${t('alerts.severity.points')}`, value: String(policy.topic[topic]) }],
          [`floor ${topic}`, { name: `${name} · ${t('alerts.severity.floor')}`, value: say(`severity.grade.${policy.floors[topic]}`) }],
        ];
      }),
    ),
    others: { name: t('alerts.severity.otherPlatforms'), value: String(policy.source.others) },
    spike: { name: t('alerts.severity.spikePoints'), value: String(policy.spikePoints) },
    ends: { name: t('alerts.severity.overrideEnds'), value: String(policy.overrideEndsAfterPoints) },
  });
  const steps = (scale: Scale): readonly string[] => scale.map(({ from, points }) => t('alerts.severity.step', { from, points }));
  return (before, after) => {
    const [old, next] = [named(before), named(after)];
    return [
      ...Object.entries(next).flatMap(([field, { name, value }]): readonly Change[] => {
        const earlier = old[field]?.value ?? '';
        return earlier === value ? [] : [{ kind: 'changed', what: name, before: earlier, after: value }];
      }),
      ...(['reach', 'speed', 'strength'] as const).flatMap((part) =>
        listChanges(steps(before[part]), steps(after[part]), (step) => `${say(`severity.part.${part}`)} ${step}`),
      ),
      ...listChanges(
        before.source.platforms.map(({ platform, points }) => `${platform} ${String(points)}`),
        after.source.platforms.map(({ platform, points }) => `${platform} ${String(points)}`),
        (platform) => `${t('alerts.severity.platform')} ${platform}`,
      ),
    ];
  };
}
