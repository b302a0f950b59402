/** Saves what is seen as CSV or XLSX. */
import { Button, Dropdown } from 'antd';
import { memo, type ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { exportCsv, exportXlsx, type ExportedTable } from './export-table.ts';

/** A menu takes long to draw: it is drawn anew only where `table` is another function. */
export const ExportButton = memo(function ExportButton({ table }: { readonly table: () => ExportedTable }): ReactNode {
  const { t } = useDeskWords();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'csv', label: t('kit.exportCsv') },
          { key: 'xlsx', label: t('kit.exportXlsx') },
        ],
        onClick: ({ key }) => {
          if (key === 'csv') exportCsv(table());
          else void exportXlsx(table());
        },
      }}
    >
      <Button>{t('kit.export')}</Button>
    </Dropdown>
  );
});
