/** A judged story: its grade as shape, colour and word, its score and the parts the score is the sum of. */
import type { ReactNode } from 'react';
import type { Severity } from '../../../shared/incidents/severity-of.ts';
import type { Grade } from '../../../shared/incidents/grades.ts';
import { useWords } from '../../i18n/use-words.ts';
import { GradeMark } from '../../ui/shapes.tsx';

export function GradeWord({ grade }: { readonly grade: Grade }): ReactNode {
  const { t } = useWords();
  return (
    <span className="grade-word">
      <GradeMark grade={grade} />
      {t(`severity.grade.${grade}`)}
    </span>
  );
}

export function Judged({ name, severity }: { readonly name: string; readonly severity: Severity }): ReactNode {
  const { t } = useWords();
  const { grade, score, parts, floor } = severity;
  return (
    <div className="judged">
      <p>
        <span className="page-note">{name}</span> <GradeWord grade={grade} /> <strong>{t('severity.score', { score })}</strong>
      </p>
      <p>{parts.map(({ part, points }) => `${t(`severity.part.${part}`)} ${String(points)}`).join(' + ')}</p>
      {floor && <p>{t('severity.floor', { topic: t(`severity.topic.${floor.topic}`), grade: t(`severity.grade.${floor.grade}`) })}</p>}
    </div>
  );
}
