/** What a phone shows before the first act: how large the story is, and what its loudest voice says. */
import type { ReactNode } from 'react';
import type { IncidentDetail, IncidentMention } from '../../shared/incidents/types.ts';
import type { IncidentSpread } from '../../shared/incidents/spread.ts';
import { isolated } from '../format/outside.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { OutsideText } from '../ui/outside-text.tsx';

/** The mention with the widest reach among those that came with the story. */
export function loudest(mentions: readonly IncidentMention[]): IncidentMention | null {
  const standing = mentions.filter(({ deleted }) => !deleted);
  return standing.reduce<IncidentMention | null>((best, one) => (best === null || (one.reach ?? 0) > (best.reach ?? 0) ? one : best), null);
}

export function Glance({ detail, spread }: { readonly detail: IncidentDetail; readonly spread: IncidentSpread | null }): ReactNode {
  const { t, scale } = useDeskWords();
  const reach = detail.reach === null ? null : scaled(detail.reach, scale);
  const voice = loudest(detail.mentions);
  const loud = voice?.reach ?? null;
  const heard = loud === null ? null : scaled(loud, scale);
  return (
    <section className="part phone-glance">
      <dl className="glance-figures">
        <div>
          <dd>{fullCount(detail.mentionCount)}</dd>
          <dt>{t('pr.mentions')}</dt>
        </div>
        {reach && (
          <div>
            <dd>{reach.figure + reach.unit}</dd>
            <dt>{t('pr.reach')}</dt>
          </div>
        )}
        {spread && (
          <div>
            <dd>{`+${fullCount(spread.recent.mentions)}`}</dd>
            <dt>{t('pr.lastQuarterShort')}</dt>
          </div>
        )}
      </dl>
      {voice && (
        <blockquote className="glance-voice">
          <p className="small">
            {[isolated(voice.platform), voice.author && isolated(voice.author), heard && `${t('pr.reach')} ${heard.figure}${heard.unit}`]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p>
            <OutsideText>{voice.text}</OutsideText>
          </p>
        </blockquote>
      )}
    </section>
  );
}
