/** Prices over time: one step line a product, upwards and downwards, with its first and last price and the change between them. */
import type { ReactNode } from 'react';
import type { PriceLine } from '../../../shared/wire/views/competitors.ts';
import { isolated } from '../../format/outside.ts';
import { signedPercent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useScreen } from '../../state/screen-context.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { stepPath } from './step-path.ts';
import './prices.css';

const HOUR_MS = 3_600_000;

export function PricesNote(): ReactNode {
  const { t } = useWords();
  const { more } = useGroup('competitors', 'prices');
  return <p className="panel-note">{more > 0 ? t('rivals.windowMore', { count: more }) : t('rivals.window')}</p>;
}

function Price({ line, from }: { readonly line: PriceLine; readonly from: number }): ReactNode {
  // The right edge is now; an hour is less than a pixel.
  const now = useScreen((screen) => Math.floor(screen.now / HOUR_MS) * HOUR_MS);
  const { path, end } = stepPath(line.points, from, now);
  const name = line.product === null ? line.competitor : `${line.competitor} ${line.product}`;
  return (
    <li className="price">
      <div className="price-who">
        <p className="price-name" title={isolated(name)}>
          <OutsideText>{name}</OutsideText>
        </p>
        <p className="price-detail" title={isolated(`${line.before} → ${line.after}`)}>
          <OutsideText>{line.before}</OutsideText> → <OutsideText>{line.after}</OutsideText>
        </p>
      </div>
      <svg className="price-line" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
        <path className="price-level" d={`M0 ${end}H100`} />
        <path d={path} />
      </svg>
      <span className="figure price-change">{signedPercent(line.change)}%</span>
    </li>
  );
}

export function PricesBody(): ReactNode {
  const { t } = useWords();
  const { from, rows } = useGroup('competitors', 'prices');
  if (rows.length === 0) return <EmptyNote title={t('rivals.noPrices')} hint={t('rivals.noPricesHint')} />;
  return (
    <ol className="prices">
      {rows.map((line) => (
        <Price key={`${line.competitor} ${line.product ?? ''}`} line={line} from={from} />
      ))}
    </ol>
  );
}
