/** Import of shifts from a file: every line at fault is named, the others join the draft once they are confirmed. Saving comes after. */
import { Button, Table } from 'antd';
import { useState } from 'react';
import type { ChangeEvent, ReactNode } from 'react';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { exportCsv } from '../../desk-kit/export-table.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../../state/screen-context.tsx';
import { LARGEST_FILE, readFile } from '../read-file.ts';
import type { ReadShift } from './on-duty.ts';
import { readShiftRows, shiftFields, type ReadRows, type ShiftFault } from './read-shifts.ts';
import { roleNamed, shiftHeading, useRosterWords } from './roster-words.ts';

const SHOWN_ROWS = 20;

export interface ShiftImportProps {
  readonly people: readonly RosterPerson[];
  readonly standing: readonly ReadShift[];
  readonly monday: string;
  readonly onAdd: (shifts: readonly ReadShift[]) => void;
}

export function ShiftImport({ people, standing, monday, onAdd }: ShiftImportProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const words = useRosterWords(people);
  const [read, setRead] = useState<ReadRows | null>(null);
  const [failed, setFailed] = useState<string | null>(null);

  const chosen = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    // The same file can be chosen again after it was mended.
    event.target.value = '';
    if (!file) return;
    setRead(null);
    setFailed(null);
    try {
      if (file.size > LARGEST_FILE) setFailed(t('settings.targets.tooLarge'));
      else setRead(readShiftRows(await readFile(file), { heading: shiftHeading, role: roleNamed, people, standing, timeZone }));
    } catch (error) {
      setFailed(error instanceof Error ? error.message : '');
    }
  };
  const columnOf = (field: ShiftFault['column']): string => (field === null ? '' : t(`alerts.roster.column.${field}`));
  const faultWords = ({ code, text, column }: ShiftFault): string =>
    code === 'meets' && text !== ''
      ? t('alerts.roster.fault.meetsLine', { line: text })
      : t(`alerts.roster.fault.${code}`, { text, column: columnOf(column) });
  const paged = (count: number) => (count > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false);
  return (
    <>
      <div className="import-line">
        <label className="file-label">
          {t('settings.targets.choose')}
          <input className="file-choice" type="file" accept=".csv,.xlsx,text/csv" onChange={(event) => void chosen(event)} />
        </label>
        <Button
          size="small"
          onClick={() =>
            exportCsv({
              name: t('alerts.roster.title'),
              columns: shiftFields.map((field) => t(`alerts.roster.column.${field}`)),
              rows: [[t('alerts.role.duty'), people[0]?.name ?? '', `${monday} 09:00`, `${monday} 18:00`]],
            })
          }
        >
          {t('settings.targets.template')}
        </Button>
      </div>
      {failed !== null && (
        <p className="save-failed" role="alert">
          {t('settings.targets.unreadable', { why: failed })}
        </p>
      )}
      {read && (
        <>
          <p role="status" data-import="preview">
            {t('alerts.roster.importSummary', { rows: read.rows.length, faults: read.faults.length })}
          </p>
          {read.faults.length > 0 && (
            <Table<ShiftFault>
              size="small"
              rowKey={({ line, column, code }) => `${String(line)} ${column ?? ''} ${code}`}
              dataSource={read.faults}
              pagination={paged(read.faults.length)}
              columns={[
                { title: t('settings.targets.line'), key: 'line', dataIndex: 'line', width: 80 },
                { title: t('settings.targets.column'), key: 'column', width: 120, render: (_, fault) => columnOf(fault.column) },
                { title: t('settings.targets.problem'), key: 'problem', render: (_, fault) => faultWords(fault) },
              ]}
            />
          )}
          {read.rows.length > 0 && (
            <Table<ReadRows['rows'][number]>
              size="small"
              rowKey="line"
              dataSource={read.rows}
              pagination={paged(read.rows.length)}
              columns={[
                { title: t('settings.targets.line'), key: 'line', dataIndex: 'line', width: 80 },
                { title: t('alerts.roster.column.role'), key: 'role', render: (_, { shift }) => t(`alerts.role.${shift.role}`) },
                { title: t('alerts.roster.column.person'), key: 'person', render: (_, { shift }) => <bdi>{words.name(shift.person)}</bdi> },
                { title: t('alerts.roster.span'), key: 'span', render: (_, { shift }) => words.span(shift.from, shift.to) },
              ]}
            />
          )}
          <div className="save-actions">
            <Button
              type="primary"
              disabled={read.rows.length === 0}
              onClick={() => {
                onAdd(read.rows.map(({ shift }) => shift));
                setRead(null);
              }}
            >
              {t('alerts.roster.takeOver', { count: read.rows.length })}
            </Button>
            <Button onClick={() => setRead(null)}>{t('settings.targets.cancel')}</Button>
          </div>
        </>
      )}
    </>
  );
}
