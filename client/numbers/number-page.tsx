/** `/kpis/:id`: one number with everything it rests on. Each part asks its own route, so that one that fails leaves the others. */
import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import type { KpiAnswer } from '../../shared/kpi/types.ts';
import { CopyButton } from '../desk-kit/copy-button.tsx';
import { useDescriptions } from '../desk-kit/descriptions.tsx';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { PageTitle } from '../desk-kit/page-title.tsx';
import { PeriodChooser } from '../desk-kit/period-chooser.tsx';
import { Answered, Empty } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useFigureWords } from '../desk-kit/use-figure.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { Breakdown } from './breakdown.tsx';
import { cellQuery, useCell } from './cell.ts';
import { Definition } from './definition.tsx';
import { Events } from './events.tsx';
import { Headline } from './headline.tsx';
import { History } from './history.tsx';
import { Restatements } from './restatements.tsx';
import './numbers.css';

const REFRESH_MS = 60_000;

/** The KPI that the address names. */
function addressed(): string {
  const last = window.location.pathname.split('/')[2] ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function Unknown({ kpi }: { readonly kpi: string }): ReactNode {
  const { t } = useDeskWords();
  return (
    <Empty title={t('numbers.unknown', { kpi })} hint={t('numbers.unknownHint')}>
      <Button href="/kpis">{t('numbers.toList')}</Button>
    </Empty>
  );
}

function NumberOf({ kpi }: { readonly kpi: string }): ReactNode {
  const { t } = useDeskWords();
  const { cell, choose } = useCell(kpi);
  const { name } = useDescriptions();
  const words = useFigureWords();
  const asked = useAsked<KpiAnswer>(`/api/kpis?${cellQuery(cell)}`, { everyMs: REFRESH_MS });
  const value = asked.value?.values[0];
  const { fault } = asked;
  if (fault?.outcome === 'refused' && fault.problem.code === 'unknown_kpi') return <Unknown kpi={kpi} />;
  const chips = cell.where.map((part) => {
    const colon = part.indexOf(':');
    return { part, words: words.cell({ [part.slice(0, colon)]: part.slice(colon + 1) || null }) };
  });
  return (
    <>
      <PageTitle
        title={name(kpi)}
        actions={
          <>
            {value && (
              <CopyButton
                text={`${words.basis(value, asked.value?.asOf ?? null)}\n${window.location.href}`}
                label={t('numbers.copyFigure')}
              />
            )}
            <Button size="small" href={`/kpis?period=${cell.period}`}>
              {t('numbers.toList')}
            </Button>
          </>
        }
      >
        <PeriodChooser period={cell.period} onChange={(period) => choose({ period })} />
        {chips.length > 0 && (
          <div className="where-chips">
            {chips.map((chip) => (
              <Tag
                key={chip.part}
                closable={{ 'aria-label': t('numbers.removeWhere', { cell: chip.words }) }}
                onClose={(event) => {
                  event.preventDefault();
                  choose({ where: cell.where.filter((part) => part !== chip.part) });
                }}
              >
                {chip.words}
              </Tag>
            ))}
          </div>
        )}
      </PageTitle>
      <Answered asked={asked} rows={6}>
        {(answer) =>
          answer.values[0] && (
            <div className="number-head">
              <Headline value={answer.values[0]} asOf={answer.asOf} cell={cell} />
              <Definition value={answer.values[0]} />
            </div>
          )
        }
      </Answered>
      <History cell={cell} />
      <Breakdown cell={cell} whole={value?.value ?? null} />
      <Events cell={cell} />
      <Restatements cell={cell} />
    </>
  );
}

export function NumberPage(): ReactNode {
  const kpi = addressed();
  return (
    <DeskPage section="numbers">
      <NumberOf key={kpi} kpi={kpi} />
    </DeskPage>
  );
}
