/** What a new customer and a valid lead cost, by channel; where there are too few of them to say so, words. */
import type { ReactNode } from 'react';
import type { CostRow } from '../../../shared/wire/views/funnel.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { Money, useMoney } from '../../ui/money.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './costs.css';

/** Cost for each of fewer things says little. */
const FEW = 10;

export function CostsNote(): ReactNode {
  const { t } = useWords();
  const { sign } = useMoney();
  return (
    <p className="panel-note">
      {t('funnel.monthToDate')} · {sign}
    </p>
  );
}

interface CostProps {
  readonly each: number | null;
  readonly count: number;
  readonly none: 'noCustomers' | 'noLeadsHere';
}
function Cost({ each, count, none }: CostProps): ReactNode {
  const { t } = useWords();
  if (count === 0) return <span className="cost-words">{t(`funnel.${none}`)}</span>;
  if (count < FEW) return <span className="cost-words">{t('funnel.few')}</span>;
  return <Money minor={each} className="cost-each" />;
}

function Row({ row, name }: { readonly row: CostRow; readonly name: string }): ReactNode {
  return (
    <>
      <span className="cost-channel" title={isolated(name)}>
        <OutsideText>{name}</OutsideText>
      </span>
      <Cost each={row.cac} count={row.customers} none="noCustomers" />
      <Cost each={row.cpl} count={row.leads} none="noLeadsHere" />
    </>
  );
}

export function CostsBody(): ReactNode {
  const { t } = useWords();
  const { whole, rows } = useGroup('funnel', 'costs');
  if (rows.length === 0) return <EmptyNote title={t('funnel.costsEmpty')} hint={t('funnel.costsEmptyHint')} />;
  const nameOf = ({ channel, others }: CostRow): string =>
    others > 0 ? t('funnel.rest', { count: others }) : (channel ?? t('funnel.unattributed'));
  return (
    <div className="costs">
      <p className="cost-head">
        <span />
        <span>{t('funnel.cac')}</span>
        <span>{t('funnel.cpl')}</span>
      </p>
      <p className="cost whole">
        <Row row={whole} name={t('funnel.all')} />
      </p>
      <ol className="cost-list">
        {rows.map((row) => (
          <li key={`${row.others} ${row.channel ?? ''}`} className="cost">
            <Row row={row} name={nameOf(row)} />
          </li>
        ))}
      </ol>
    </div>
  );
}
