/** The severity of a story: its grade in a word, and the parts that it is the sum of. */
import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import type { Grade } from '../../shared/incidents/grades.ts';
import { topics, type Topic } from '../../shared/incidents/topics.ts';
import type { SeverityView } from '../../shared/incidents/severity.ts';
import { gradeOf, type Story } from './story-fields.ts';

/** The class of a grade; it has the grade's name. */
const look: Readonly<Record<Grade, string>> = { blue: 'blue', yellow: 'yellow', orange: 'orange', red: 'red' };

export function SeverityMark({ story }: { readonly story: Story }): ReactNode {
  const { t } = useWords();
  const grade = gradeOf(story);
  return <span className={`severity-mark ${look[grade]}`}>{t(`severity.grade.${grade}`)}</span>;
}

function Parts({ severity }: { readonly severity: SeverityView }): ReactNode {
  const { t } = useWords();
  const moment = useMoment();
  const most = Math.max(1, ...severity.parts.map(({ points }) => points));
  return (
    <div className="severity-parts">
      <table>
        <caption>{t('severity.score', { score: severity.score })}</caption>
        <tbody>
          {severity.parts.map(({ part, points, basis }) => (
            <tr key={part}>
              <th scope="row">{t(`severity.part.${part}`)}</th>
              <td>
                <meter min={0} max={most} value={points} aria-hidden="true" />
              </td>
              <td className="figure">{points}</td>
              <td className="small">{basisWords(basis, (topic) => t(`severity.topic.${topic}`))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {severity.floor && (
        <p>
          {t('severity.floor', { topic: t(`severity.topic.${severity.floor.topic}`), grade: t(`severity.grade.${severity.floor.grade}`) })}
        </p>
      )}
      {severity.override && (
        <p>
          {t('severity.override', {
            by: isolated(severity.override.by),
            grade: t(`severity.grade.${severity.override.grade}`),
            reason: isolated(severity.override.reason),
          })}{' '}
          {moment(severity.override.at)}
        </p>
      )}
    </div>
  );
}

/** What a part rests on: its topic in our words, and of the rest, which comes from outside, the first few texts and numbers. */
function basisWords({ topic, ...rest }: Readonly<Record<string, unknown>>, topicWord: (topic: Topic) => string): string {
  const named = topics.find((one) => one === topic);
  const others = Object.values(rest)
    .flat()
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => (typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 2 }) : isolated(value)));
  return [...(named ? [topicWord(named)] : []), ...others].slice(0, 4).join(' · ');
}

export function SeverityReasons({ story }: { readonly story: Story }): ReactNode {
  const { t } = useDeskWords();
  const words = useWords();
  const { severity } = story;
  return (
    <Popover content={<Parts severity={severity} />} trigger="click" placement="bottomLeft">
      <button type="button" className={`severity-mark ${look[severity.grade]} as-button`} title={t('pr.severityWhy')}>
        {words.t(`severity.grade.${severity.grade}`)}
        {severity.override !== null && ' *'}
      </button>
    </Popover>
  );
}
