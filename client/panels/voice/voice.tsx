/** Share of voice: own brands and tracked competitors by their mentions in 24 hours; the lines add up to all of them. */
import type { CSSProperties, ReactNode } from 'react';
import type { VoiceRow } from '../../../shared/wire/views/competitors.ts';
import { fullCount, percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import './voice.css';

const MOST = 6;

export function VoiceNote(): ReactNode {
  const { t } = useWords();
  const { total } = useGroup('competitors', 'voice');
  return <p className="panel-note">{t('rivals.mentions', { figure: fullCount(total) })}</p>;
}

function Line({ row }: { readonly row: VoiceRow }): ReactNode {
  const style: CSSProperties & Record<`--${string}`, string> = { '--share': `${row.share * 100}%` };
  return (
    <li className={`voice ${row.own ? 'own' : ''}`}>
      <span className="voice-name" title={row.brand}>
        {row.brand}
      </span>
      <span className="voice-track" style={style} />
      <span className="figure voice-share">{percent(row.share, 0)}%</span>
    </li>
  );
}

export function VoiceBody(): ReactNode {
  const { t } = useWords();
  const { rows, total } = useGroup('competitors', 'voice');
  if (total === 0) return <EmptyNote title={t('rivals.silence')} hint={t('rivals.silenceHint')} />;
  const shown = rows.length > MOST ? rows.slice(0, MOST - 1) : rows;
  const rest = rows.slice(shown.length);
  const mentions = rest.reduce((sum, row) => sum + row.mentions, 0);
  return (
    <ol className="voices">
      {shown.map((row) => (
        <Line key={row.brand} row={row} />
      ))}
      {rest.length > 0 && <Line row={{ brand: t('rivals.rest', { count: rest.length }), own: false, mentions, share: mentions / total }} />}
    </ol>
  );
}
