/** What the draft would show: one round of the rotation in its proportions, with the turn it is now, and what the day adds. */
import type { ReactNode } from 'react';
import { turnAt } from '../../../shared/screens/rotation.ts';
import type { WallPolicy } from '../../../shared/screens/wall-policy.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { useDayWords } from './day-words.ts';
import './wall.css';

export function RoundPreview({ draft }: { readonly draft: WallPolicy }): ReactNode {
  const { t } = useDeskWords();
  const { t: wallWords, exactAge } = useWords();
  const days = useDayWords();
  const now = useScreen((screen) => (draft.rotation.length === 0 ? null : turnAt(draft, screen.now)));
  const round = draft.rotation.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <section className="round-preview" aria-label={t('wallSettings.preview')}>
      <h3>{t('wallSettings.preview')}</h3>
      <ol className="round-turns">
        {draft.rotation.map(({ scene, seconds }) => (
          <li key={scene} aria-current={scene === now ? 'true' : undefined} style={{ flexGrow: seconds }}>
            <span>{wallWords(`scene.${scene}`)}</span>
            <span className="figure">{seconds}</span>
          </li>
        ))}
      </ol>
      <p>
        {t('wallSettings.round', { age: exactAge(round * 1000) })}
        {now !== null && ` · ${t('wallSettings.now', { scene: wallWords(`scene.${now}`) })}`}
      </p>
      <p>{[days.standup(draft), days.quiet(draft), days.dim(draft)].join(' · ')}</p>
      <p>{t('wallSettings.fire')}</p>
    </section>
  );
}
