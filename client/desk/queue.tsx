/** Open stories by time left and severity, with filters; the whole queue scrolls by itself, however long it is. */
import { Segmented } from 'antd';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { queueFilters, type QueueCounts, type QueueFilter } from './queue-order.ts';
import { QueueRow } from './queue-row.tsx';
import type { Story } from './story-fields.ts';
import { useStaggered } from './use-staggered.ts';
import { VirtualList } from './virtual-list.tsx';
import { ScreenContext } from '../state/screen-context.tsx';

const ROW_HEIGHT = 92;
/** The clocks of the rows in sight tick in so many frames. */
const TICK_FRAMES = 3;
const keyOf = (story: Story): string => story.id;

export interface QueueProps {
  /** Those that pass the filter, in order. */
  readonly stories: readonly Story[];
  readonly total: number;
  readonly counts: QueueCounts;
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
  /** Some pages of the queue have not come yet. */
  readonly partial: boolean;
  readonly chosen: string | null;
  readonly me: string;
  readonly onChoose: (id: string) => void;
}

/** Drawn anew where a count changes, and not with each story that does. */
const Head = memo(function Head({
  total,
  counts,
  filter,
  onFilter,
}: Pick<QueueProps, 'total' | 'counts' | 'filter' | 'onFilter'>): ReactNode {
  const { t } = useDeskWords();
  const shown = queueFilters.filter((one) => one === 'all' || one === filter || counts[one] > 0);
  return (
    <header className="part-head">
      <h2>
        {t('pr.queue')} {fullCount(total)}
      </h2>
      <span className="part-note">{t('pr.queueOrder')}</span>
      {shown.length > 1 && (
        <Segmented<QueueFilter>
          size="small"
          block
          className="queue-filters"
          aria-label={t('pr.filters')}
          value={filter}
          options={shown.map((value) => ({
            value,
            label: value === 'all' ? t('pr.filter.all') : `${t(`pr.filter.${value}`)} ${fullCount(counts[value])}`,
          }))}
          onChange={onFilter}
        />
      )}
    </header>
  );
});

function Shown({ stories, total, counts, filter, onFilter, partial, chosen, me, onChoose }: QueueProps): ReactNode {
  const { t } = useDeskWords();
  const screens = useStaggered(TICK_FRAMES);
  return (
    <section className="part pr-queue">
      <Head {...{ total, counts, filter, onFilter }} />
      {partial && (
        <p className="small queue-partial" role="status">
          {t('pr.queuePartial', { figure: fullCount(counts.all), total: fullCount(total) })}
        </p>
      )}
      {stories.length === 0 ? (
        <div className="empty-state">
          <p className="empty-title">{t(total === 0 ? 'pr.queueEmpty' : 'pr.filterEmpty')}</p>
          {total === 0 && <p>{t('pr.queueEmptyHint')}</p>}
        </div>
      ) : (
        <VirtualList rows={stories} rowHeight={ROW_HEIGHT} keyOf={keyOf} shown={chosen} label={t('pr.queue')}>
          {(story, slot) => (
            <ScreenContext value={screens[slot % TICK_FRAMES] ?? null}>
              <QueueRow story={story} chosen={story.id === chosen} me={me} onChoose={onChoose} />
            </ScreenContext>
          )}
        </VirtualList>
      )}
    </section>
  );
}

export const Queue = memo(Shown);
