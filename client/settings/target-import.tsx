/** Import of targets from a file: every line at fault is named, the others are shown with what they change, and nothing is written before it is confirmed. */
import { Button, Checkbox, Table } from 'antd';
import { useState } from 'react';
import type { ChangeEvent, ReactNode } from 'react';
import type { Target } from '../../shared/kpi/targets.ts';
import { exportCsv } from '../desk-kit/export-table.ts';
import { Section } from '../desk-kit/page-title.tsx';
import { useFaultWords } from '../desk-kit/states.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoney } from '../ui/money.tsx';
import { headingOf } from './headings.ts';
import { dryRunRows, putTargets, type DryRun, type TargetChange } from './put-targets.ts';
import { LARGEST_FILE, readFile } from './read-file.ts';
import { readTargets, unusual, type Fault } from './read-targets.ts';
import { useTargetWords } from './target-words.ts';
import { useKnownKpis } from './use-known-kpis.ts';

type State =
  | { readonly at: 'idle' | 'reading' }
  | { readonly at: 'failed'; readonly why: string }
  | { readonly at: 'preview'; readonly run: DryRun; readonly odd: readonly Target[] }
  | { readonly at: 'done'; readonly count: number };

function Faults({ faults }: { readonly faults: readonly Fault[] }): ReactNode {
  const { t } = useDeskWords();
  const { column } = useTargetWords();
  const words = ({ code, text, other, column: field }: Fault): string =>
    t(`settings.targets.fault.${code}`, { text, line: other, columns: field === null ? '' : column(field) });
  return (
    <>
      <h3>{t('settings.targets.faults')}</h3>
      <Table<Fault>
        size="small"
        rowKey={({ line, column: field, code }) => `${String(line)} ${String(field)} ${code}`}
        dataSource={faults.toSorted((a, b) => a.line - b.line)}
        pagination={faults.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        columns={[
          { title: t('settings.targets.line'), key: 'line', dataIndex: 'line', width: 80 },
          {
            title: t('settings.targets.column'),
            key: 'column',
            width: 140,
            render: (_, fault) => (fault.column === null ? '' : column(fault.column)),
          },
          { title: t('settings.targets.problem'), key: 'problem', render: (_, fault) => words(fault) },
        ]}
      />
    </>
  );
}

function Preview({ run, odd }: { readonly run: DryRun; readonly odd: readonly Target[] }): ReactNode {
  const { t } = useDeskWords();
  const words = useTargetWords();
  const { name } = useKnownKpis();
  const lines = run.changes.map((change, index) => ({ ...change, line: run.rows[index]?.line ?? 0 }));
  return (
    <Table<TargetChange & { readonly line: number }>
      size="small"
      rowKey="line"
      dataSource={lines}
      scroll={{ x: 'max-content' }}
      pagination={lines.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      columns={[
        { title: t('settings.targets.line'), key: 'line', dataIndex: 'line' },
        { title: t('settings.targets.kpi'), key: 'kpi', render: (_, { target }) => name(target.kpi) },
        { title: t('settings.targets.period'), key: 'period', render: (_, { target }) => target.period },
        { title: t('settings.targets.dimension'), key: 'cell', render: (_, { target }) => words.cell(target) },
        {
          title: t('settings.targets.previous'),
          key: 'before',
          align: 'right',
          render: (_, { target, previousValue }) => (previousValue === null ? '' : words.value(target.kpi, previousValue)),
        },
        {
          title: t('settings.targets.value'),
          key: 'value',
          align: 'right',
          render: (_, { target }) => (
            <strong className={odd.some((one) => one.value === target.value && one.period === target.period) ? 'save-failed' : ''}>
              {words.value(target.kpi, target.value)}
            </strong>
          ),
        },
        { title: t('settings.targets.change'), key: 'change', render: (_, { change }) => t(`settings.targets.kind.${change}`) },
      ]}
    />
  );
}

export function TargetImport({ standing, onDone }: { readonly standing: readonly Target[]; readonly onDone: () => void }): ReactNode {
  const { t } = useDeskWords();
  const faultWords = useFaultWords();
  const money = useMoney();
  const { named } = useKnownKpis();
  const { column } = useTargetWords();
  const [state, setState] = useState<State>({ at: 'idle' });
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);

  const read = async (file: File): Promise<void> => {
    setSure(false);
    if (file.size > LARGEST_FILE) {
      setState({ at: 'failed', why: t('settings.targets.tooLarge') });
      return;
    }
    setState({ at: 'reading' });
    try {
      const found = readTargets(await readFile(file), { heading: headingOf, kpi: named, minor: money.minor });
      const answer = await dryRunRows(found.rows);
      if (answer.outcome !== 'ok') {
        setState({ at: 'failed', why: faultWords(answer) });
        return;
      }
      const run = { ...answer.value, faults: [...found.faults, ...answer.value.faults] };
      setState({
        at: 'preview',
        run,
        odd: unusual(
          run.rows.map(({ target }) => target),
          standing,
        ),
      });
    } catch (error) {
      setState({ at: 'failed', why: error instanceof Error ? error.message : '' });
    }
  };

  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    // The same file can be chosen again after it was mended.
    event.target.value = '';
    if (file) void read(file);
  };

  const confirm = async (run: DryRun): Promise<void> => {
    setBusy(true);
    const answer = await putTargets(
      run.rows.map(({ target }) => target),
      run.changes,
    );
    setBusy(false);
    if (answer.outcome !== 'ok') {
      setState({ at: 'failed', why: faultWords(answer) });
      return;
    }
    setState({ at: 'done', count: answer.value.changes.filter(({ change }) => change !== 'unchanged').length });
    onDone();
  };

  const template = (): void =>
    exportCsv({
      name: t('settings.targets.title'),
      columns: [...(['kpi', 'period', 'value', 'owner', 'reason', 'channel'] as const).map(column)],
      rows: [['net_sales', '2026-12', 8_000_000, '', '', '']],
    });

  return (
    <Section id="import" title={t('settings.targets.import')} note={t('settings.targets.importNote')}>
      <div className="import-line">
        <label className="file-label">
          {t('settings.targets.choose')}
          <input className="file-choice" type="file" accept=".csv,.xlsx,text/csv" onChange={chosen} />
        </label>
        <Button size="small" onClick={template}>
          {t('settings.targets.template')}
        </Button>
        <span className="page-note">{t('settings.targets.nothingWritten')}</span>
      </div>
      {state.at === 'reading' && <p role="status">{t('settings.targets.reading')}</p>}
      {state.at === 'failed' && (
        <p className="save-failed" role="alert">
          {t('settings.targets.unreadable', { why: state.why })}
        </p>
      )}
      {state.at === 'done' && (
        <p className="save-outcome" role="status">
          {t('settings.targets.imported', { count: state.count })}
        </p>
      )}
      {state.at === 'preview' && (
        <>
          <p role="status" data-import="preview">
            {t('settings.targets.summary', {
              added: state.run.changes.filter(({ change }) => change === 'added').length,
              superseded: state.run.changes.filter(({ change }) => change === 'superseded').length,
              unchanged: state.run.changes.filter(({ change }) => change === 'unchanged').length,
              overruled: state.run.changes.filter(({ change }) => change === 'not_in_force').length,
              faults: new Set(state.run.faults.map(({ line }) => line)).size,
            })}
          </p>
          {state.run.faults.length > 0 && <Faults faults={state.run.faults} />}
          {state.run.changes.length > 0 && <Preview run={state.run} odd={state.odd} />}
          {state.odd.length > 0 && (
            <div className="import-line">
              <span className="save-failed">{t('settings.targets.unusual', { count: state.odd.length })}</span>
              <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
                {t('settings.targets.unusualConfirm')}
              </Checkbox>
            </div>
          )}
          <div className="save-actions">
            <Button
              type="primary"
              loading={busy}
              disabled={state.run.rows.length === 0 || (state.odd.length > 0 && !sure)}
              onClick={() => void confirm(state.run)}
            >
              {t('settings.targets.confirm', { count: state.run.rows.length })}
            </Button>
            <Button onClick={() => setState({ at: 'idle' })}>{t('settings.targets.cancel')}</Button>
          </div>
        </>
      )}
    </Section>
  );
}
