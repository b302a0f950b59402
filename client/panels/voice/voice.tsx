/** Share of voice: own brands and tracked competitors by their mentions in 24 hours; the lines add up to all mentions. */
import type { CSSProperties, ReactNode } from 'react';
import type { VoiceRow } from '../../../shared/wire/views/competitors.ts';
import { dayLabel } from '../../format/instant.ts';
import { fullCount, percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './voice.css';

export function VoiceNote(): ReactNode {
  const { t } = useWords();
  const { total } = useGroup('competitors', 'voice');
  return <p className="panel-note">{t('rivals.mentions', { figure: fullCount(total) })}</p>;
}

function Line({ row }: { readonly row: VoiceRow }): ReactNode {
  const style: CSSProperties & Record<`--${string}`, string> = { '--share': `${row.share * 100}%` };
  return (
    <li className={`voice ${row.own ? 'own' : ''}`}>
      <span className="voice-name" title={isolated(row.brand)}>
        <OutsideText>{row.brand}</OutsideText>
      </span>
      <span className="voice-track" style={style} />
      <span className="figure voice-share">{percent(row.share, 0)}%</span>
    </li>
  );
}

/** The share of the own brands, a bar a day; the last one is today's. */
function OverTime(): ReactNode {
  const { t, language } = useWords();
  const { days } = useGroup('competitors', 'voice');
  const today = days.at(-1);
  const first = days[0];
  if (!today || !first || days.every(({ share }) => share === null)) return null;
  const most = Math.max(...days.map(({ share }) => share ?? 0), 0.01);
  return (
    <div className="voice-time">
      <div className="voice-days" role="img" aria-label={t('rivals.voiceChart')}>
        {days.map(({ day, share }) => {
          const style: CSSProperties & Record<`--${string}`, string> = { '--height': `${((share ?? 0) / most) * 100}%` };
          return <span key={day} className="voice-day" style={style} />;
        })}
      </div>
      <p className="voice-line">
        <span>{t('rivals.voiceSince', { day: dayLabel(first.day, language) })}</span>
        <strong className="figure">
          {today.share === null ? t('number.none') : t('rivals.voiceToday', { share: percent(today.share, 0) })}
        </strong>
      </p>
    </div>
  );
}

export function VoiceBody(): ReactNode {
  const { t } = useWords();
  const { rows, rest, total } = useGroup('competitors', 'voice');
  if (total === 0) return <EmptyNote title={t('rivals.silence')} hint={t('rivals.silenceHint')} />;
  return (
    <div className="voice-group">
      <ol className="voices">
        {rows.map((row) => (
          <Line key={row.brand} row={row} />
        ))}
        {rest !== null && <Line row={{ ...rest, brand: t('rivals.rest', { count: rest.brands }), own: false }} />}
      </ol>
      <OverTime />
    </div>
  );
}
