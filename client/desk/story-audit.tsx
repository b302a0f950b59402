/** The audit of a story: people first, mentions folded; all earlier lines come page by page. */
import { Segmented } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AuditLine, IncidentDetail } from '../../shared/incidents/types.ts';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { OutsideText } from '../ui/outside-text.tsx';
import { fetchAudit } from './api.ts';
import { actionOf, evidenceIn, foldedAudit, noteOf } from './audit-words.ts';
import { EvidenceList } from './evidence.tsx';
import { MoreButton } from './more-button.tsx';
import { joinPages, useMorePages } from './use-more-pages.ts';

/** Pages are requested from the first press of the button on; until then the lines that came with the story are shown. */
const FROM_THE_END = '';

export function StoryAudit({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t, coded } = useDeskWords();
  const moment = useMoment();
  const [people, setPeople] = useState(true);
  const start = detail.auditTotal > detail.audit.length ? FROM_THE_END : null;
  const behind = useMorePages(start, (cursor) => fetchAudit(detail.id, cursor === FROM_THE_END ? null : cursor));
  const lines: readonly AuditLine[] = joinPages(detail.audit, behind.rows, (line) => String(line.seq));
  const rows = foldedAudit(lines, people);
  return (
    <section className="part pr-audit">
      <header className="part-head">
        <h2>
          {t('pr.audit')} {fullCount(detail.auditTotal)}
        </h2>
        <span className="part-note">{t('pr.auditNote')}</span>
        <Segmented
          size="small"
          className="part-tools"
          aria-label={t('pr.auditShow')}
          value={people ? 'people' : 'all'}
          options={[
            { value: 'people', label: t('pr.auditPeople') },
            { value: 'all', label: t('pr.auditAll') },
          ]}
          onChange={(value) => setPeople(value === 'people')}
        />
      </header>
      <ol className="audit">
        {rows.map(({ line, lines: folded, mentions, since }) => (
          <li key={line.seq} className={line.actor === 'system' ? 'by-system' : 'by-person'}>
            <time dateTime={new Date(line.at).toISOString()}>{moment(line.at)}</time>
            <strong>{line.actor === 'system' ? t('pr.system') : <OutsideText>{line.actor}</OutsideText>}</strong>
            <div className="audit-what">
              {coded('auditAction', actionOf(line))}
              {mentions > 1 && ` ${t('pr.mentionsCount', { count: fullCount(mentions) })}`}
              {folded > 1 && <span className="audit-note"> {t('pr.auditFolded', { count: folded, time: moment(since) })}</span>}
              {noteOf(line) !== '' && (
                <span className="audit-note">
                  {' '}
                  <OutsideText>{noteOf(line)}</OutsideText>
                </span>
              )}
              <EvidenceList values={evidenceIn(line)} />
            </div>
          </li>
        ))}
      </ol>
      <MoreButton pages={behind} hidden={detail.auditTotal - lines.length} />
    </section>
  );
}
