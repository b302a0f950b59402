/** The mentions of an incident: all of a small one, page by page of a large one. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { IncidentDetail, IncidentMention, MentionOrder } from '../../shared/incidents/types.ts';
import { hourMinute } from '../format/instant.ts';
import { isolated } from '../format/outside.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { OutsideLink, OutsideText } from '../ui/outside-text.tsx';
import { fetchMention, fetchMentions } from './api.ts';
import { MoreButton } from './more-button.tsx';
import { useFetched } from './use-fetched.ts';
import { joinPages, useMorePages } from './use-more-pages.ts';
import './story.css';

interface MentionProps {
  readonly mention: IncidentMention;
  readonly detail: IncidentDetail;
}

function Mention({ mention: listed, detail }: MentionProps): ReactNode {
  const { t, scale } = useWords();
  const { timeZone } = useWorkspace();
  const [whole, setWhole] = useState<IncidentMention | null>(null);
  const mention = whole ?? listed;
  const readWhole = async (): Promise<void> => {
    const answer = await fetchMention(detail.id, listed);
    if (answer.outcome === 'ok') setWhole(answer.value);
  };
  // A title that only repeats the title of the incident is left out.
  const title = mention.title === detail.title ? null : mention.title;
  const reach = mention.reach === null ? null : scaled(mention.reach, scale);
  return (
    <li className={`mention ${mention.deleted ? 'deleted' : ''}`}>
      <time dateTime={new Date(mention.publishedAt).toISOString()}>{hourMinute(mention.publishedAt, timeZone)}</time>
      <strong>
        <OutsideText>{mention.platform}</OutsideText>
      </strong>
      <div className="mention-words">
        <p>
          <OutsideText>{title ?? mention.text}</OutsideText>
        </p>
        {title !== null && (
          <p className="mention-text">
            <OutsideText>{mention.text}</OutsideText>
          </p>
        )}
        <p className="mention-meta">
          {[
            mention.author && isolated(mention.author),
            reach && `${t('desk.reach')} ${reach.figure}${reach.unit}`,
            mention.deleted && t('desk.deleted'),
          ]
            .filter(Boolean)
            .join(' · ')}{' '}
          <OutsideLink url={mention.url}>{t('desk.openLink')}</OutsideLink>
          {mention.cut && (
            <button type="button" className="quiet whole-text" onClick={() => void readWhole()}>
              {t('desk.wholeText')}
            </button>
          )}
        </p>
      </div>
      <span className="polarity">
        {t(`desk.polarity.${mention.polarity}` as 'desk.polarity.negative', { defaultValue: mention.polarity })}
      </span>
    </li>
  );
}

const mentionKey = ({ source, mentionId }: IncidentMention): string => `${source} ${mentionId}`;
const firstPage = {
  newest: (id: string) => fetchMentions(id, 'newest', null),
  reach: (id: string) => fetchMentions(id, 'reach', null),
} as const;

function Rows({ rows, detail }: { readonly rows: readonly IncidentMention[]; readonly detail: IncidentDetail }): ReactNode {
  return (
    <ol>
      {rows.map((mention) => (
        <Mention key={mentionKey(mention)} mention={mention} detail={detail} />
      ))}
    </ol>
  );
}

/**
 * The list does not move while a person reads, however fast the incident grows: a line says how many mentions have
 * joined, and pressing it shows them.
 */
function Paged({ detail, order }: { readonly detail: IncidentDetail; readonly order: MentionOrder }): ReactNode {
  const { t } = useWords();
  const [seen, setSeen] = useState(detail.mentionCount);
  const { value, failed, again } = useFetched(detail.id, String(seen), firstPage[order]);
  const behind = useMorePages(value?.next ?? null, (cursor) => fetchMentions(detail.id, order, cursor));
  if (!value) {
    return (
      <div className="empty" role={failed ? 'alert' : 'status'}>
        <p>{failed ? t('desk.moreFailed') : t('desk.loading')}</p>
        {failed && (
          <button type="button" className="secondary" onClick={again}>
            {t('desk.retry')}
          </button>
        )}
      </div>
    );
  }
  const rows = joinPages(value.rows, behind.rows, mentionKey);
  const joined = detail.mentionCount - seen;
  return (
    <>
      {joined > 0 && (
        <button type="button" className="quiet joined" onClick={() => setSeen(detail.mentionCount)}>
          {t('desk.mentionsJoined', { count: joined, figure: fullCount(joined) })}
        </button>
      )}
      <Rows rows={rows} detail={detail} />
      <MoreButton pages={behind} hidden={detail.mentionCount - rows.length} />
    </>
  );
}

export function Mentions({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  const [order, setOrder] = useState<MentionOrder>('reach');
  const { mentions, mentionCount, id } = detail;
  const whole = mentionCount <= mentions.length;
  const sorted = order === 'newest' ? mentions : mentions.toSorted((a, b) => (b.reach ?? 0) - (a.reach ?? 0));
  return (
    <section className="card story-body">
      <header className="card-head">
        <h2>
          {t('desk.mentions')} {fullCount(mentionCount)}
        </h2>
        <span className="orders" role="group" aria-label={t('desk.mentionsOrder')}>
          {(['reach', 'newest'] as const).map((one) => (
            <button key={one} type="button" className="quiet" aria-pressed={one === order} onClick={() => setOrder(one)}>
              {t(`desk.order.${one}`)}
            </button>
          ))}
        </span>
      </header>
      {whole ? <Rows rows={sorted} detail={detail} /> : <Paged key={`${id} ${order}`} detail={detail} order={order} />}
    </section>
  );
}
