/** `/incidents`: choose an incident, read it, act on it. A desk shows three columns, a phone one at a time. */
// This style sheet comes before all other imports, because the style sheets of the parts override it.
import './desk.css';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { ScreenProvider } from '../screen/screen-provider.tsx';
import { useScreen, useGroupIfThere } from '../state/screen-context.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { useActor } from '../desk-kit/actor.ts';
import { AnswerCard } from './answer.tsx';
import { fetchIncident, fetchIncidents } from './api.ts';
import { DeskHead } from '../desk-kit/desk-head.tsx';
import { Pending } from './pending.tsx';
import { Mentions } from './mentions.tsx';
import { incidentKey, Queue } from './queue.tsx';
import { StoryAudit } from './story-audit.tsx';
import { StoryHead } from './story.tsx';
import { useChosen } from './use-chosen.ts';
import { useFetched } from './use-fetched.ts';
import { joinPages, useMorePages } from './use-more-pages.ts';
import './reflow.css';

interface StoryProps {
  readonly id: string;
  /** null if the view does not contain the incident. */
  readonly version: number | null;
  readonly actor: string;
  readonly onActorMissing: () => void;
  readonly onBack: () => void;
}

const POLL_MS = 10_000;
const fetchOpen = (cursor: string) => fetchIncidents('open', cursor);

function Story({ id, version, actor, onActorMissing, onBack }: StoryProps): ReactNode {
  const { t } = useWords();
  const live = useScreen((screen) => screen.phase === 'live');
  // The server does not push changes of incidents behind the first page, so they are requested again from time to time.
  const poll = useScreen((screen) => (version === null ? Math.floor(screen.now / POLL_MS) : 0));
  const { value, failed, put, again } = useFetched(id, `${String(version)}:${String(live)}:${poll}`, fetchIncident);
  const back = (
    <button type="button" className="quiet back" onClick={onBack}>
      ← {t('desk.back')}
    </button>
  );
  if (!value) {
    return (
      <div className="story">
        {back}
        <div className="card empty" role={failed ? 'alert' : 'status'}>
          <p>{failed ? t('desk.loadFailed') : t('desk.loading')}</p>
          {failed && (
            <button type="button" className="secondary" onClick={again}>
              {t('desk.retry')}
            </button>
          )}
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="story">
        {back}
        <StoryHead detail={value} />
        <Mentions key={id} detail={value} />
      </div>
      <div className="deed">
        <AnswerCard key={id} detail={value} actor={actor} onActorMissing={onActorMissing} put={put} />
        <StoryAudit detail={value} />
      </div>
    </>
  );
}

function Desk(): ReactNode {
  const { t } = useWords();
  const first = useGroupIfThere('incidents', 'open');
  const recent = useGroupIfThere('incidents', 'recent');
  const pendingHistory = useGroupIfThere('incidents', 'pendingHistory');
  const welcomed = useScreen((screen) => screen.workspace !== null);
  const grey = useScreen((screen) => screen.phase === 'grey');
  const [actor, setActor] = useActor();
  const [chosen, choose] = useChosen();
  const actorField = useRef<HTMLInputElement>(null);
  const openBehind = useMorePages(first?.next ?? null, fetchOpen);
  const open = joinPages(first?.incidents ?? [], openBehind.rows, incidentKey);
  // A desk shows the first incident at once; a phone begins with the list, because CSS hides the column of the incident there.
  const shown = chosen ?? first?.incidents[0]?.id ?? null;

  useEffect(() => {
    const step = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || at.closest('input, textarea, dialog')) return;
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (by === 0 || open.length === 0) return;
      const index = open.findIndex((incident) => incident.id === shown);
      if (by === 1 && index === open.length - 1) openBehind.more();
      const next = open[Math.min(open.length - 1, Math.max(0, index + by))];
      if (next) choose(next.id);
    };
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  });

  if (!first || !recent || pendingHistory === undefined || !welcomed) return <Waiting />;
  const pushed = [...first.incidents, ...recent.incidents];
  const askForActor = (): void => {
    actorField.current?.focus();
    actorField.current?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className={`desk ${chosen === null ? 'listing' : 'reading'} ${grey ? 'old' : ''}`} data-ready="true">
      <DeskHead section="incidents" />
      <main className="desk-columns" aria-label={t('desk.title')}>
        <div className="lists">
          <section className="card actor">
            <label htmlFor="actor">{t('desk.actor')}</label>
            <input
              id="actor"
              ref={actorField}
              value={actor}
              maxLength={80}
              autoComplete="name"
              placeholder={t('desk.actorMissing')}
              aria-describedby="actor-hint"
              onChange={(event) => setActor(event.target.value)}
            />
            <p id="actor-hint">{t('desk.actorHint')}</p>
          </section>
          <Queue open={first} openBehind={openBehind} recent={recent} chosen={shown} onChoose={choose} />
          <Pending count={pendingHistory} actor={actor} onOpened={choose} onActorMissing={askForActor} />
        </div>
        {shown === null ? (
          <p className="story card empty">{t('desk.choose')}</p>
        ) : (
          <Story
            key={shown}
            id={shown}
            version={pushed.find((incident) => incident.id === shown)?.version ?? null}
            actor={actor}
            onActorMissing={askForActor}
            onBack={() => choose(null)}
          />
        )}
      </main>
    </div>
  );
}

export function IncidentsPage(): ReactNode {
  return (
    <ScreenProvider view="incidents">
      <Desk />
    </ScreenProvider>
  );
}
