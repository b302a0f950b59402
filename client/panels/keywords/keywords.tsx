/** Keywords: mentions within a day, the direction of their change, and the share of negative mentions. */
import type { ReactNode } from 'react';
import type { KeywordRow } from '../../../shared/wire/views/overview.ts';
import { percent, scaled } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './keywords.css';

export function KeywordsNote(): ReactNode {
  const { t } = useWords();
  return useGroup('overview', 'keywords').length === 0 ? null : <p className="panel-note">{t('keywords.window')}</p>;
}

function Keyword({ row }: { readonly row: KeywordRow }): ReactNode {
  const { t, scale } = useWords();
  const { figure, unit } = scaled(row.mentions, scale);
  const direction = row.mentions > row.before ? '↑' : row.mentions < row.before ? '↓' : '';
  return (
    <li className="keyword">
      <span className="keyword-name" title={isolated(row.keyword)}>
        <OutsideText>{row.keyword}</OutsideText>
      </span>
      <span className="figure keyword-count">
        {figure}
        {unit}
      </span>
      <span className="keyword-direction">{direction}</span>
      <span className="keyword-negative">
        {row.negative > 0 ? t('keywords.negative', { share: percent(row.negative / Math.max(1, row.mentions), 0) }) : ''}
      </span>
    </li>
  );
}

export function KeywordsBody(): ReactNode {
  const { t } = useWords();
  const keywords = useGroup('overview', 'keywords');
  if (keywords.length === 0) return <EmptyNote title={t('keywords.empty')} hint={t('keywords.emptyHint')} />;
  return (
    <ol className="keywords">
      {keywords.map((row) => (
        <Keyword key={row.keyword} row={row} />
      ))}
    </ol>
  );
}
