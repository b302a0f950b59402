/** What stands beside the cells of the strip: what has no cell, an answer in time, what waits for a decision, and the calm. */
import type { ReactNode } from 'react';
import type { Praise, StripGroup, UrgencyCounts } from '../../../shared/wire/views/strip.ts';
import { isolated } from '../../format/outside.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { todayWords, tookWords, yesterdayWords } from '../../ui/clock-words.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { Check, Ring } from '../../ui/shapes.tsx';
import { StoryTitle } from '../../ui/story-title.tsx';

/** How long an answer in time is praised. */
const PRAISE_MS = 10 * 60_000;

/** The answer that is praised right now. */
export function usePraise(praise: Praise | null): Praise | null {
  const over = useScreen((screen) => praise === null || screen.now >= praise.at + PRAISE_MS);
  return over ? null : praise;
}

const urgencies = ['breached', 'fire', 'soon', 'calm'] as const;

export const leftOf = (left: UrgencyCounts): number => urgencies.reduce((sum, urgency) => sum + left[urgency], 0);

/** A narrow column of four lines: an answer in time, and how many stories have no cell, by urgency. */
export function Beside({ left, praise }: { readonly left: UrgencyCounts; readonly praise: Praise | null }): ReactNode {
  const words = useWords();
  const { t } = words;
  // An answer in time takes one of the lines: what is calm is counted with what is to be watched.
  const all: readonly (readonly [(typeof urgencies)[number], number])[] =
    praise === null || urgencies.some((urgency) => left[urgency] === 0)
      ? urgencies.map((urgency) => [urgency, left[urgency]])
      : [
          ['breached', left.breached],
          ['fire', left.fire],
          ['calm', left.soon + left.calm],
        ];
  const lines = all.filter(([, count]) => count > 0);
  if (lines.length === 0 && praise === null) return null;
  return (
    <li className="strip-left">
      {praise && (
        <p className="praise">
          <Check />
          <span className="praise-who" title={isolated(praise.title)}>
            <OutsideText>{praise.who}</OutsideText>
          </span>
          <span>{t('strip.took', { time: tookWords(praise.tookMs, words) })}</span>
        </p>
      )}
      {lines.map(([urgency, count]) => (
        <p key={urgency} className={urgency}>
          {t(`strip.left.${urgency}`)} <strong className="figure">{count}</strong>
        </p>
      ))}
    </li>
  );
}

/** An answer in time where the strip has a free place. */
export function PraiseCell({ praise }: { readonly praise: Praise }): ReactNode {
  const words = useWords();
  const { t } = words;
  return (
    <li className="strip-place">
      <a className="cell" href={`/incidents/${encodeURIComponent(praise.incidentId)}`}>
        <Check />
        <div className="cell-story">
          <p className="cell-title" title={isolated(praise.who)}>
            <OutsideText>{praise.who}</OutsideText> · {t('strip.took', { time: tookWords(praise.tookMs, words) })}
          </p>
          <p className="cell-owner" title={isolated(praise.title)}>
            {t('strip.inTime')} · <StoryTitle>{praise.title}</StoryTitle>
          </p>
        </div>
      </a>
    </li>
  );
}

export function Pending({ pending }: { readonly pending: number }): ReactNode {
  const { t } = useWords();
  return (
    <div className="cell-story pending">
      <p className="cell-title">{t('strip.pending', { count: pending })}</p>
      <p className="cell-owner">{t('strip.pendingHint')}</p>
    </div>
  );
}

export function Quiet({ strip, praise }: { readonly strip: StripGroup; readonly praise: Praise | null }): ReactNode {
  const words = useWords();
  const { t } = words;
  return (
    <li className="strip-place quiet">
      <div className="cell">
        <Ring />
        <div className="cell-story">
          <p className="cell-title">{t('strip.empty', { yesterday: yesterdayWords(strip.yesterday, strip.responseMs, words) })}</p>
          <p className="cell-owner">{strip.today.begun > 0 ? todayWords(strip.today, words) : t('strip.emptyHint')}</p>
        </div>
        {praise && (
          <div className="cell-story pending">
            <p className="cell-title" title={isolated(praise.title)}>
              <Check /> <OutsideText>{praise.who}</OutsideText>
            </p>
            <p className="cell-owner">{t('strip.took', { time: tookWords(praise.tookMs, words) })}</p>
          </div>
        )}
        {strip.pendingHistory > 0 && <Pending pending={strip.pendingHistory} />}
      </div>
    </li>
  );
}
