/** Price moves as bars from one zero line: reductions to the left, increases to the right. */
import type { CSSProperties, ReactNode } from 'react';
import type { MoveRow } from '../../../shared/wire/views/overview.ts';
import { signedPercent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './prices.css';

export function PricesNote(): ReactNode {
  const { t } = useWords();
  const { more } = useGroup('competitors', 'prices');
  return <p className="panel-note">{more > 0 ? t('rivals.windowMore', { count: more }) : t('rivals.window')}</p>;
}

function PriceMove({ move, reach }: { readonly move: MoveRow; readonly reach: number }): ReactNode {
  const change = move.change ?? 0;
  const length = `${(Math.abs(change) / reach) * 50}%`;
  const style: CSSProperties & Record<`--${string}`, string> = { '--length': length };
  return (
    <li className="price" title={isolated(move.title)}>
      <div className="price-who">
        <p className="price-name" title={isolated(move.competitor)}>
          <OutsideText>{move.competitor}</OutsideText>
        </p>
        <p className="price-detail">
          <OutsideText>{move.before ?? ''}</OutsideText> → <OutsideText>{move.after ?? ''}</OutsideText>
        </p>
      </div>
      <span className={`price-bar ${change < 0 ? 'down' : 'up'}`} style={style} />
      <span className="figure price-change">{signedPercent(change)}%</span>
    </li>
  );
}

export function PricesBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('competitors', 'prices');
  if (rows.length === 0) return <EmptyNote title={t('rivals.noPrices')} hint={t('rivals.noPricesHint')} />;
  const reach = Math.max(...rows.map((move) => Math.abs(move.change ?? 0)));
  return (
    <ol className="prices">
      {rows.map((move) => (
        <PriceMove key={move.moveId} move={move} reach={reach} />
      ))}
    </ol>
  );
}
