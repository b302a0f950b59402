/** What a new workspace shows in place of empty panels: four steps, and which of them are done. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useGroupIfThere, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { Ring, Tick } from '../../ui/shapes.tsx';
import './first-steps.css';

/** True while nothing has come in from anywhere and nothing is shown. */
function useIsNew(): boolean {
  const { demo } = useWorkspace();
  const nothingCame = useScreen((screen) => screen.streams.length > 0 && screen.streams.every((stream) => stream.lastReceivedAt === null));
  const today = useGroupIfThere('overview', 'today');
  const campaigns = useGroupIfThere('overview', 'campaigns');
  return !demo && nothingCame && (today?.orders ?? 0) === 0 && (campaigns?.total ?? 0) === 0;
}

function useSteps() {
  const { brandsSet } = useWorkspace();
  const today = useGroupIfThere('overview', 'today')?.target ?? null;
  const month = useGroupIfThere('overview', 'month')?.target ?? null;
  const quarter = useGroupIfThere('overview', 'quarter')?.target ?? null;
  const callsReach = useScreen((screen) => !screen.problems.includes('no_alert_channel') && screen.rosterGap === null);
  return [
    { step: 'brands', href: '/settings/brands', done: brandsSet },
    { step: 'plan', href: '/settings/targets', done: [today, month, quarter].some((target) => target !== null) },
    { step: 'source', href: '/settings', done: false },
    { step: 'calls', href: '/settings/channels', done: callsReach },
  ] as const;
}

function Steps(): ReactNode {
  const { t } = useWords();
  return (
    <section className="first-steps" aria-label={t('firstSteps.title')}>
      <h2>{t('firstSteps.title')}</h2>
      <ol>
        {useSteps().map(({ step, href, done }, i) => (
          <li key={step} className={done ? 'done' : 'open'}>
            {done ? <Tick /> : <Ring />}
            <a href={href}>
              {i + 1} · {t(`firstSteps.name.${step}`)}
            </a>
            <span className="first-steps-why">{t(`firstSteps.why.${step}`)}</span>
            <span className="first-steps-state">{t(done ? 'firstSteps.done' : 'firstSteps.open')}</span>
          </li>
        ))}
      </ol>
      <p>{t('firstSteps.hint')}</p>
    </section>
  );
}

export function OrFirstSteps({ children }: { readonly children: ReactNode }): ReactNode {
  return useIsNew() ? <Steps /> : children;
}
