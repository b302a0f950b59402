/** The audit of an incident: the newest lines come with the incident, all earlier ones page by page. */
import type { ReactNode } from 'react';
import type { AuditLine, IncidentDetail } from '../../shared/incidents/types.ts';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { OutsideText } from '../ui/outside-text.tsx';
import { fetchAudit } from './api.ts';
import { MoreButton } from './more-button.tsx';
import { joinPages, useMorePages } from './use-more-pages.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import './story.css';

/** The details of an audit line: the text of a response, a reason, a note, the number of mentions that joined. */
function auditNote(line: AuditLine, t: Words['t']): string {
  const { text, reason, note, count } = line.detail;
  const words = text ?? reason ?? note;
  if (typeof words === 'string') return words;
  return typeof count === 'number' && count > 1 ? t('desk.mentionsCount', { count: fullCount(count) }) : '';
}

function actionWord(action: string, t: Words['t']): string {
  return t(`desk.action.${action}` as 'desk.action.opened', { defaultValue: action });
}

/** Pages are requested from the first press of the button on; until then the lines that came with the incident are shown. */
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
