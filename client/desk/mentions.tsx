/** The mentions of a story: all of a small one, page by page of a large one, by reach or by time, or those that hold some words. */
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { IncidentDetail, IncidentMention, MentionOrder, MentionPage } from '../../shared/incidents/types.ts';
import { Answered } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { fetchMentions, mentionsAddress } from './api.ts';
import { foldEqual, mentionKey } from './fold-mentions.ts';
import { MentionRow, type MentionRowProps } from './mention-row.tsx';
import { MoreButton } from './more-button.tsx';
import { joinPages, useMorePages } from './use-more-pages.ts';

interface RowsProps extends Omit<MentionRowProps, 'group'> {
  readonly rows: readonly IncidentMention[];
}

function Rows({ rows, ...rest }: RowsProps): ReactNode {
  return (
    <ol className="mention-rows">
      {foldEqual(rows).map((group) => (
        <MentionRow key={mentionKey(group.first)} group={group} {...rest} />
      ))}
    </ol>
  );
}

interface PagedProps extends Omit<RowsProps, 'rows'> {
  readonly order: MentionOrder;
}

/**
 * The list does not move while a person reads, however fast the story grows: a line says how many mentions have joined,
 * and pressing it shows them.
 */
function Paged({ detail, order, search, marking }: PagedProps): ReactNode {
  const { t } = useDeskWords();
  const [seen, setSeen] = useState(detail.mentionCount);
  const query = { order, search };
  const asked = useAsked<MentionPage>(mentionsAddress(detail.id, query, null), { version: String(seen) });
  const behind = useMorePages(asked.value?.next ?? null, (cursor) => fetchMentions(detail.id, query, cursor));
  const joined = search === '' ? detail.mentionCount - seen : 0;
  return (
    <>
      {joined > 0 && (
        <Button type="link" className="joined" onClick={() => setSeen(detail.mentionCount)}>
          {t('pr.mentionsJoined', { figure: fullCount(joined) })}
        </Button>
      )}
      <Answered asked={asked} rows={6}>
        {({ mentions, total }) => {
          const rows = joinPages(mentions, behind.rows, mentionKey);
          return (
            <>
              {search !== '' && <p className="small">{t('pr.found', { figure: fullCount(total) })}</p>}
              <Rows rows={rows} detail={detail} search={search} marking={marking} />
              <MoreButton pages={behind} hidden={total - rows.length} />
            </>
          );
        }}
      </Answered>
    </>
  );
}

export interface MentionsProps {
  readonly detail: IncidentDetail;
  readonly marked: readonly string[];
  readonly onMarked: (keys: readonly string[]) => void;
  /** Asks for the marked mentions to be split off. */
  readonly onSplit: () => void;
}

export function Mentions({ detail, marked, onMarked, onSplit }: MentionsProps): ReactNode {
  const { t } = useDeskWords();
  const [order, setOrder] = useState<MentionOrder>('reach');
  const [search, setSearch] = useState('');
  const [marking, setMarking] = useState(false);
  const { mentions, mentionCount, id } = detail;
  const whole = mentionCount <= mentions.length && search === '';
  const sorted = order === 'newest' ? mentions : mentions.toSorted((a, b) => (b.reach ?? 0) - (a.reach ?? 0));
  const set = new Set(marked);
  const mark = (keys: readonly string[], on: boolean): void =>
    onMarked([...marked.filter((key) => !keys.includes(key)), ...(on ? keys : [])]);
  const rest = { detail, search, marking: marking ? { marked: set, mark } : null };
  return (
    <section className="part">
      <header className="part-head">
        <h2>
          {t('pr.mentions')} {fullCount(mentionCount)}
        </h2>
        <div className="part-tools">
          {marking ? (
            <>
              <Button size="small" type="primary" disabled={marked.length === 0} onClick={onSplit}>
                {t('pr.splitOff', { count: marked.length })}
              </Button>
              <Button
                size="small"
                onClick={() => {
                  setMarking(false);
                  onMarked([]);
                }}
              >
                {t('pr.cancel')}
              </Button>
            </>
          ) : (
            mentionCount > 1 && (
              <Button size="small" type="text" onClick={() => setMarking(true)}>
                {t('pr.split')}
              </Button>
            )
          )}
          <Input.Search
            size="small"
            className="mention-search"
            data-key="search"
            allowClear
            aria-label={t('pr.search')}
            placeholder={t('pr.search')}
            onSearch={(value) => setSearch(value.trim())}
          />
          <Segmented<MentionOrder>
            size="small"
            aria-label={t('pr.mentionsOrder')}
            value={order}
            options={(['reach', 'newest'] as const).map((value) => ({ value, label: t(`pr.order.${value}`) }))}
            onChange={setOrder}
          />
        </div>
      </header>
      {whole ? <Rows rows={sorted} {...rest} /> : <Paged key={`${id} ${order} ${search}`} order={order} {...rest} />}
    </section>
  );
}
