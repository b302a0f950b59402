/** The events behind the number: rows whose amounts add up to it, in pages, with a search over what was fetched. */
import { Button, Input, Segmented, Table } from 'antd';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ExplainedAmount, KpiExplanation, KpiPart } from '../../shared/kpi/explain.ts';
import { CopyButton } from '../desk-kit/copy-button.tsx';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty, Failed } from '../desk-kit/states.tsx';
import { useAsked, type AskFault } from '../desk-kit/use-asked.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { ask } from '../wire/ask.ts';
import { cellQuery, type Cell } from './cell.ts';
import { usePartWords } from './use-part-words.ts';

const FIRST_ROWS = 100;
const MORE_ROWS = 500;
const SHOWN_ROWS = 20;

interface Fetched {
  /** The first page that these rows follow. */
  readonly first: KpiExplanation;
  readonly rows: readonly ExplainedAmount[];
  readonly next: string | null;
}

const wordsOf = ({ entity, event }: ExplainedAmount): string =>
  [entity.id, entity.source, entity.kind, event?.id, event?.type].join('\n').toLocaleLowerCase();

function Rows({ cell, first, part }: { readonly cell: Cell; readonly first: KpiExplanation; readonly part: KpiPart | null }): ReactNode {
  const { t, coded } = useDeskWords();
  const { name } = useDescriptions();
  const moments = useMomentWords();
  const amount = usePartWords();
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<AskFault | null>(null);
  const [search, setSearch] = useState('');
  const behind = fetched?.first === first ? fetched : { first, rows: [], next: first.next };
  const rows = useMemo(() => [...first.rows, ...behind.rows], [first, behind.rows]);
  const wanted = search.trim().toLocaleLowerCase();
  const found = wanted === '' ? rows : rows.filter((row) => wordsOf(row).includes(wanted));

  const more = async (cursor: string): Promise<void> => {
    setBusy(true);
    const answer = await ask<KpiExplanation>(
      `/api/kpis/explain?${cellQuery(cell, { limit: String(MORE_ROWS), cursor, ...(part === null ? {} : { part }) })}`,
    );
    setBusy(false);
    if (answer.outcome !== 'ok') {
      setFault(answer);
      return;
    }
    setFault(null);
    setFetched({ first, rows: [...behind.rows, ...answer.value.rows], next: answer.value.next });
  };

  if (first.count === 0) return <Empty title={t('numbers.eventsNone')} />;
  const { next } = behind;
  const eventWords = ({ event }: ExplainedAmount): string => (event === null ? '' : [event.type, event.source, event.id].join(' '));
  return (
    <>
      <div className="events-line">
        <Input.Search
          className="search"
          allowClear
          value={search}
          placeholder={t('numbers.eventsSearch')}
          aria-label={t('numbers.eventsSearch')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="events-count">
          {t('numbers.eventsCount', {
            shown: fullCount(rows.length),
            count: fullCount(first.count),
            sum: first.sum === null ? t('kit.none') : amount(first.value, first.part, first.sum),
          })}
        </span>
        {next !== null && (
          <Button size="small" loading={busy} onClick={() => void more(next)}>
            {t('numbers.eventsMore', { count: fullCount(Math.min(MORE_ROWS, first.count - rows.length)) })}
          </Button>
        )}
        <ExportButton
          table={() => ({
            name: `${name(cell.kpi)}-${cell.period}-${t('numbers.events')}`,
            columns: [
              t('numbers.entity'),
              'id',
              'source',
              t('numbers.at'),
              t('numbers.receivedAt'),
              t('numbers.cause'),
              t('numbers.amount'),
              t('numbers.event'),
            ],
            rows: found.map((row) => [
              coded('entity', row.entity.kind),
              row.entity.id,
              row.entity.source,
              row.at,
              row.receivedAt,
              coded('cause', row.cause),
              row.amount,
              eventWords(row),
            ]),
          })}
        />
      </div>
      {fault && <Failed fault={fault} again={() => setFault(null)} />}
      {found.length === 0 ? (
        <Empty title={t('numbers.eventsNoMatch')} />
      ) : (
        <Table<ExplainedAmount>
          size="small"
          rowKey={({ entity, since, event }) => [entity.kind, entity.source, entity.id, since, event?.id].join('\n')}
          dataSource={found}
          scroll={{ x: 'max-content' }}
          pagination={found.length > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false}
          columns={[
            {
              title: t('numbers.entity'),
              key: 'entity',
              render: (_, { entity }) => (
                <>
                  {coded('entity', entity.kind)} <bdi className="entity-id">{entity.id}</bdi>{' '}
                  <bdi className="entity-source">{entity.source}</bdi>
                </>
              ),
            },
            {
              title: t('numbers.amount'),
              key: 'amount',
              align: 'right',
              sorter: (a, b) => a.amount - b.amount,
              render: (_, row) => <span className="figure">{amount(first.value, first.part, row.amount)}</span>,
            },
            { title: t('numbers.cause'), key: 'cause', render: (_, { cause }) => coded('cause', cause) },
            { title: t('numbers.at'), key: 'at', render: (_, { at }) => (at === null ? '' : moments.long(at)) },
            {
              title: t('numbers.receivedAt'),
              key: 'receivedAt',
              render: (_, { receivedAt }) => (receivedAt === null ? '' : moments.long(receivedAt)),
            },
            {
              title: t('numbers.event'),
              key: 'event',
              render: (_, row) =>
                row.event && (
                  <>
                    <bdi className="entity-source">{row.event.type}</bdi> <bdi>{row.event.id}</bdi> <CopyButton text={eventWords(row)} />
                  </>
                ),
            },
          ]}
        />
      )}
    </>
  );
}

export function Events({ cell }: { readonly cell: Cell }): ReactNode {
  const { t } = useDeskWords();
  const [part, setPart] = useState<KpiPart | null>(null);
  const asked = useAsked<KpiExplanation>(
    `/api/kpis/explain?${cellQuery(cell, { limit: String(FIRST_ROWS), ...(part === null ? {} : { part }) })}`,
  );
  const shown = asked.value;
  // A sum has one part, a ratio two.
  const parts: readonly KpiPart[] = shown === null || shown.part === 'value' ? [] : ['numerator', 'denominator'];
  return (
    <Section title={t('numbers.events')}>
      {shown && parts.length > 0 && (
        <div>
          <Segmented<KpiPart>
            aria-label={t('numbers.partLabel')}
            value={shown.part}
            options={parts.map((value) => ({ value, label: t(`numbers.part.${value}`) }))}
            onChange={setPart}
          />
        </div>
      )}
      <Answered asked={asked} rows={6}>
        {(first) => <Rows key={first.part} cell={cell} first={first} part={part} />}
      </Answered>
    </Section>
  );
}
