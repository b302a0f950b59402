/** Who did what to the incident: the end of the trail with the story, everything before it page by page. */
import type { ReactNode } from 'react';
import type { AuditLine, IncidentDetail } from '../../shared/incidents/types.ts';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { OutsideText } from '../ui/outside-text.tsx';
import { fetchAudit } from './api.ts';
import { MoreButton } from './more-button.tsx';
import { joinPages, useMorePages } from './use-more-pages.ts';
import { useMoment } from './use-moment.ts';
import './story.css';

/** What the line is about beyond its action: the words of an answer, a reason, a note, how many mentions joined. */
function auditNote(line: AuditLine, t: Words['t']): string {
  const { text, reason, note, count } = line.detail;
  const said = text ?? reason ?? note;
  if (typeof said === 'string') return said;
  return typeof count === 'number' && count > 1 ? t('desk.mentionsCount', { count: fullCount(count) }) : '';
}

function actionWord(action: string, t: Words['t']): string {
  return t(`desk.action.${action}` as 'desk.action.opened', { defaultValue: action });
}

/** The newest page is read by the first press of the button: until then the lines that came with the story are enough. */
const FROM_THE_END = '';

export function StoryAudit({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  const moment = useMoment();
  const start = detail.auditTotal > detail.audit.length ? FROM_THE_END : null;
  const behind = useMorePages(start, (cursor) => fetchAudit(detail.id, cursor === FROM_THE_END ? null : cursor));
  const lines = joinPages(detail.audit, behind.rows, (line) => String(line.seq)).toSorted((a, b) => b.seq - a.seq);
  return (
    <section className="card story-audit">
      <header className="card-head">
        <h2>
          {t('desk.audit')} {fullCount(detail.auditTotal)}
        </h2>
        <span>{t('desk.auditNote')}</span>
      </header>
      <ol className="audit">
        {lines.map((line) => (
          <li key={line.seq}>
            <time dateTime={new Date(line.at).toISOString()}>{moment(line.at)}</time>
            <strong>{line.actor === 'system' ? t('desk.system') : <OutsideText>{line.actor}</OutsideText>}</strong>
            <span>
              {actionWord(line.action, t)}
              {auditNote(line, t) && (
                <span className="audit-note">
                  {' '}
                  <OutsideText>{auditNote(line, t)}</OutsideText>
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <MoreButton pages={behind} hidden={detail.auditTotal - lines.length} />
    </section>
  );
}
