/** `/settings/targets`: the targets that stand, one form to set or change one, and the import of a file. */
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Target } from '../../shared/kpi/targets.ts';
import { kpiDimensions } from '../../shared/kpi/types.ts';
import { ExportButton } from '../desk-kit/export-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAddress } from '../desk-kit/use-address.ts';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { numberAddress } from '../format/kpi.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { SettingsFrame } from './settings-frame.tsx';
import { TargetForm, type TargetDraft } from './target-form.tsx';
import { TargetImport } from './target-import.tsx';
import { useTargetWords } from './target-words.ts';
import { useKnownKpis } from './use-known-kpis.ts';

const SHOWN_ROWS = 20;
const keyOf = ({ kpi, grain, period, dimension }: Target): string => JSON.stringify([kpi, grain, period, dimension]);

function draftOf(target: Target, value: string): Partial<TargetDraft> {
  const dimension = kpiDimensions.find((dim) => target.dimension?.[dim] !== undefined);
  const cell = dimension && target.dimension?.[dimension];
  return {
    kpi: target.kpi,
    period: target.period,
    value,
    owner: target.owner,
    ...(dimension === undefined || cell === undefined ? {} : { dimension, cell }),
  };
}

function Targets(): ReactNode {
  const { t } = useDeskWords();
  const { query } = useAddress();
  const words = useTargetWords();
  const figures = useFigureWords();
  const moments = useMomentWords();
  const { name, of } = useKnownKpis();
  const asked = useAsked<{ readonly targets: readonly Target[] }>('/api/targets');
  const [search, setSearch] = useState('');
  const [first, setFirst] = useState<Partial<TargetDraft>>(() => ({
    ...(query.get('kpi') === null ? {} : { kpi: query.get('kpi') ?? '' }),
    ...(query.get('period') === null ? {} : { period: query.get('period') ?? '' }),
  }));
  const standing = asked.value?.targets ?? [];
  const wanted = search.trim().toLocaleLowerCase();
  const found = standing
    .filter((target) =>
      [name(target.kpi), target.kpi, target.period, words.cell(target), target.owner].join('\n').toLocaleLowerCase().includes(wanted),
    )
    .toSorted((a, b) => b.period.localeCompare(a.period) || a.kpi.localeCompare(b.kpi));
  const plain = ({ kpi, value }: Target): number => figures.plain(kpi, of(kpi)?.unit ?? 'minor', value);
  const change = (target: Target): void => {
    setFirst(draftOf(target, String(plain(target))));
    document.querySelector('#set')?.scrollIntoView();
  };
  return (
    <>
      <Section id="set" title={t('settings.targets.add')}>
        <TargetForm key={JSON.stringify(first)} first={first} standing={standing} onDone={asked.again} />
      </Section>
      <TargetImport standing={standing} onDone={asked.again} />
      <Section
        title={t('settings.targets.list')}
        actions={
          <>
            <Input.Search
              className="search-field"
              allowClear
              value={search}
              placeholder={t('settings.targets.search')}
              aria-label={t('settings.targets.search')}
              onChange={(event) => setSearch(event.target.value)}
            />
            <ExportButton
              table={() => ({
                name: t('settings.targets.title'),
                columns: [...(['kpi', 'period', 'value', 'owner', 'reason', 'since', ...kpiDimensions] as const).map(words.column)],
                rows: found.map((target) => [
                  target.kpi,
                  target.period,
                  plain(target),
                  target.owner,
                  target.reason,
                  target.effectiveFrom ?? null,
                  ...kpiDimensions.map((dim) => target.dimension?.[dim] ?? null),
                ]),
              })}
            />
          </>
        }
      >
        <Answered asked={asked} rows={6}>
          {() =>
            standing.length === 0 ? (
              <Empty title={t('settings.targets.empty')} hint={t('settings.targets.emptyHint')} />
            ) : (
              <Table<Target>
                size="small"
                rowKey={keyOf}
                dataSource={found}
                scroll={{ x: 'max-content' }}
                pagination={found.length > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false}
                columns={[
                  {
                    title: t('settings.targets.kpi'),
                    key: 'kpi',
                    render: (_, target) =>
                      target.kpi === 'budget' ? (
                        name(target.kpi)
                      ) : (
                        <a
                          href={numberAddress({
                            kpi: target.kpi,
                            period: target.period,
                            where: Object.entries(target.dimension ?? {}).map(([dim, value]) => `${dim}:${value}`),
                          })}
                        >
                          {name(target.kpi)}
                        </a>
                      ),
                  },
                  { title: t('settings.targets.period'), key: 'period', dataIndex: 'period' },
                  { title: t('settings.targets.dimension'), key: 'cell', render: (_, target) => <bdi>{words.cell(target)}</bdi> },
                  {
                    title: t('settings.targets.value'),
                    key: 'value',
                    align: 'right',
                    render: (_, target) => <span className="figure">{words.value(target.kpi, target.value)}</span>,
                  },
                  { title: t('settings.owner'), key: 'owner', render: (_, { owner }) => <bdi>{owner}</bdi> },
                  { title: t('settings.reason'), key: 'reason', render: (_, { reason }) => <bdi>{reason}</bdi> },
                  {
                    title: t('settings.targets.since'),
                    key: 'since',
                    render: (_, { effectiveFrom }) => (effectiveFrom === undefined ? '' : moments.short(effectiveFrom)),
                  },
                  {
                    title: '',
                    key: 'change',
                    render: (_, target) => (
                      <Button size="small" onClick={() => change(target)}>
                        {t('settings.targets.supersede')}
                      </Button>
                    ),
                  },
                ]}
              />
            )
          }
        </Answered>
      </Section>
    </>
  );
}

export function TargetsPage(): ReactNode {
  return (
    <SettingsFrame page="targets">
      <Targets />
    </SettingsFrame>
  );
}
