/** What a rule would have done over the past days beside what the rule in force did, asked for by a button: it takes a while. */
import { Button, Table } from 'antd';
import { useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import type { BackTestName, BackTestResult, BackTestRun } from '../../shared/incidents/back-test.ts';
import { Failed } from '../desk-kit/states.tsx';
import type { AskFault } from '../desk-kit/use-asked.ts';
import { percent } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { ask } from '../wire/ask.ts';
import { useStoryTitle } from '../ui/story-title.tsx';

const DAYS = 30;
/** Longer than any other question: a month of mentions is judged twice. */
const PATIENCE_MS = 120_000;

interface Row {
  readonly key: string;
  readonly name: string;
  readonly inForce: string;
  readonly proposed: string;
}

/** Cases by the hour of the day they open in, as bars; the figures stand in the title of each. */
function Hours({ name, hours, most }: { readonly name: string; readonly hours: readonly number[]; readonly most: number }): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="back-test-hours">
      <span>{name}</span>
      <ol aria-label={t('alerts.backTest.byHour', { name })}>
        {hours.map((cases, hour) => (
          // oxlint-disable-next-line react/no-array-index-key -- the index is the hour
          <li key={hour} title={t('alerts.backTest.hour', { hour, count: cases })} style={{ '--share': cases / most } as CSSProperties}>
            <span />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Result({ result }: { readonly result: BackTestResult }): ReactNode {
  const storyTitle = useStoryTitle();
  const { t } = useDeskWords();
  const { t: say } = useWords();
  const { inForce, proposed } = result;
  const row = (key: string, name: string, of: (run: BackTestRun) => string): Row => ({
    key,
    name,
    inForce: of(inForce),
    proposed: of(proposed),
  });
  const channels = [...new Set([...inForce.channels, ...proposed.channels].map(({ channel }) => channel))];
  const rows = [
    row('cases', t('alerts.backTest.cases'), ({ cases }) => String(cases)),
    row('uncovered', t('alerts.backTest.uncovered'), ({ uncoveredClocks }) => String(uncoveredClocks)),
    row('false', t('alerts.backTest.falseShare'), ({ falseShare, decided }) =>
      falseShare === null ? t('alerts.backTest.undecided') : t('alerts.backTest.ofDecided', { share: percent(falseShare, 0), decided }),
    ),
    ...channels.map((id) =>
      row(`channel ${id}`, t('alerts.backTest.channel', { id }), (run) => {
        const found = run.channels.find(({ channel }) => channel === id);
        if (!found) return '0';
        const { messages, busiestMinute, perMinute } = found;
        return perMinute === null
          ? t('alerts.backTest.messages', { messages, busiestMinute })
          : t('alerts.backTest.messagesOf', { messages, busiestMinute, perMinute });
      }),
    ),
  ];
  const most = Math.max(1, ...inForce.casesByHour, ...proposed.casesByHour);
  const grade = (of: BackTestResult['differs'][number]['inForce']): string =>
    of === null ? t('alerts.backTest.noCase') : say(`severity.grade.${of}`);
  return (
    <div className="back-test-result" data-back-test="result">
      <p className="page-note">{t('alerts.backTest.looked', { days: DAYS, mentions: result.mentions })}</p>
      <Table<Row>
        size="small"
        pagination={false}
        dataSource={rows}
        columns={[
          { title: '', key: 'name', dataIndex: 'name' },
          { title: t('alerts.backTest.inForce'), key: 'inForce', dataIndex: 'inForce', align: 'right' },
          { title: t('alerts.backTest.proposed'), key: 'proposed', dataIndex: 'proposed', align: 'right' },
        ]}
      />
      <Hours name={t('alerts.backTest.inForce')} hours={inForce.casesByHour} most={most} />
      <Hours name={t('alerts.backTest.proposed')} hours={proposed.casesByHour} most={most} />
      {result.differing > 0 && (
        <>
          <h3>{t('alerts.backTest.differs', { count: result.differing })}</h3>
          <ul className="back-test-differs">
            {result.differs.map((one) => (
              <li key={`${one.code ?? ''} ${one.title}`}>
                {one.incidentId === null ? (
                  <bdi>{storyTitle(one.title)}</bdi>
                ) : (
                  <a href={`/incidents?incident=${encodeURIComponent(one.incidentId)}`}>
                    <bdi>
                      {one.code} {storyTitle(one.title)}
                    </bdi>
                  </a>
                )}{' '}
                {grade(one.inForce)} → {grade(one.proposed)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export function BackTest({ name, value }: { readonly name: BackTestName; readonly value: unknown }): ReactNode {
  const { t } = useDeskWords();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<BackTestResult | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    const answer = await ask<BackTestResult>(`/api/policies/${name}/back-test`, { body: { value, days: DAYS }, patienceMs: PATIENCE_MS });
    setBusy(false);
    if (answer.outcome === 'ok') setResult(answer.value);
    else setFault(answer);
  };
  return (
    <div className="back-test">
      <Button loading={busy} onClick={() => void run()}>
        {t('alerts.backTest.run', { days: DAYS })}
      </Button>
      {fault && <Failed fault={fault} again={() => void run()} />}
      {result && <Result result={result} />}
    </div>
  );
}
