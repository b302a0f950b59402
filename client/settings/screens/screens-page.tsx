/** `/settings/screens`: the screens there are, what each painted last, and whether red stories were painted anywhere. */
import { Table } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RedStoryView, ScreenList } from '../../../shared/screens/screen-report.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Section } from '../../desk-kit/page-title.tsx';
import { Answered, Empty, useFaultWords } from '../../desk-kit/states.tsx';
import { useAsked, type Asked } from '../../desk-kit/use-asked.ts';
import { useMoment } from '../../desk-kit/use-moment.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { ask, type Answer } from '../../wire/ask.ts';
import { SettingsFrame } from '../settings-frame.tsx';
import { ScreenTable, type ScreenActs } from './screen-table.tsx';
import './screens.css';

/** Ages on this page are never older than this. */
const EVERY_MS = 2_000;

function useActs(again: () => void): { readonly acts: ScreenActs; readonly refused: string | null; readonly said: string | null } {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const [refused, setRefused] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const settle = <T,>(answer: Answer<T>, done: string | null): boolean => {
    const ok = answer.outcome === 'ok';
    setRefused(ok ? null : t('screens.refused', { why: faultWords(answer) }));
    setSaid(ok ? done : null);
    again();
    return ok;
  };
  const path = (id: string): string => `/api/screens/${encodeURIComponent(id)}`;
  return {
    refused,
    said,
    acts: {
      rename: async (id, name) => settle(await ask(path(id), { method: 'PUT', body: { name: name === '' ? null : name } }), null),
      identify: async (id) => settle(await ask(`${path(id)}/identify`, { body: {} }), t('screens.identified')),
      forget: async (id) => settle(await ask(`${path(id)}/forget`, { body: {} }), null),
    },
  };
}

function Red({ stories }: { readonly stories: readonly RedStoryView[] }): ReactNode {
  const { t } = useDeskWords();
  const moment = useMoment();
  if (stories.length === 0) return <p className="page-note">{t('screens.redNone')}</p>;
  return (
    <Table<RedStoryView>
      size="small"
      rowKey="incidentId"
      dataSource={stories}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('screens.story'),
          key: 'story',
          render: (_, { incidentId, code, title }) => (
            <a href={`/incidents/${encodeURIComponent(incidentId)}`}>
              {code} <OutsideText>{title}</OutsideText>
            </a>
          ),
        },
        { title: t('screens.since'), key: 'since', render: (_, { redSince }) => moment(redSince) },
        {
          title: t('screens.shown'),
          key: 'shown',
          render: (_, { paintedAt }) =>
            paintedAt === null ? (
              <span className="screen-state" data-state="frozen">
                {t('screens.notShown')}
              </span>
            ) : (
              moment(paintedAt)
            ),
        },
        {
          title: t('screens.called'),
          key: 'called',
          render: (_, { calledAt }) => (calledAt === null ? t('screens.notCalled') : moment(calledAt)),
        },
      ]}
    />
  );
}

function Screens({ asked }: { readonly asked: Asked<ScreenList> }): ReactNode {
  const { t, age } = useDeskWords();
  const { acts, refused, said } = useActs(asked.again);
  const budget = age(asked.value?.paintBudgetMs ?? 60_000);
  return (
    <>
      <Section title={t('screens.title')} note={t('screens.note', { budget })}>
        <Answered asked={asked} rows={6}>
          {(list) =>
            list.screens.length === 0 ? (
              <Empty title={t('screens.empty')} hint={t('screens.emptyHint')} />
            ) : (
              <>
                <p className="page-note">
                  {t('screens.count', { count: list.total, limit: list.limit })} · {t('screens.unnamedHint')}
                </p>
                <ScreenTable list={list} acts={acts} />
              </>
            )
          }
        </Answered>
        {refused !== null && (
          <p className="save-failed" role="alert">
            {refused}
          </p>
        )}
        {said !== null && (
          <p className="save-outcome" role="status">
            {said}
          </p>
        )}
      </Section>
      {asked.value && (
        <Section title={t('screens.redTitle')} note={t('screens.redNote')}>
          <Red stories={asked.value.red} />
        </Section>
      )}
    </>
  );
}

function Asking(): ReactNode {
  return <Screens asked={useAsked<ScreenList>('/api/screens', { everyMs: EVERY_MS })} />;
}

export function ScreensPage(): ReactNode {
  return (
    <SettingsFrame page="screens">
      <Asking />
    </SettingsFrame>
  );
}
