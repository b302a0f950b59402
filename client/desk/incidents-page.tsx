/** `/incidents` and `/incidents/:id`, the desk of PR: choose a story, read it, act on it. A desk shows three columns, a phone one at a time. */
import { Alert, Button } from 'antd';
import { memo, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useActor } from '../desk-kit/actor.ts';
import { DeskPage } from '../desk-kit/desk-page.tsx';
import { Loading } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { clockText } from '../format/duration.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useGroupIfThere, useScreen } from '../state/screen-context.tsx';
import { useSettled } from './act.ts';
import { ClosedList, OnDuty } from './closed-list.tsx';
import { KeyHelp } from './key-help.tsx';
import { keyOf, shortcutOf, type Shortcut } from './keys.ts';
import { nextClock } from './next-clock.ts';
import { TabTitle } from './page-title.ts';
import { Pending } from './pending.tsx';
import { Queue } from './queue.tsx';
import { countsOf, keepingOrder, moreUrgent, passes, type QueueFilter } from './queue-order.ts';
import { ownClick } from './queue-row.tsx';
import { sameValue } from '../state/same-value.ts';
import { StoryPage } from './story-page.tsx';
import type { Story } from './story-fields.ts';
import { useAllOpen } from './use-all-open.ts';
import { useRoster } from './use-roster.ts';
import { storyPath, useStoryAddress } from './use-story-address.ts';
import { Who } from './who.tsx';
import './incidents.css';
import './queue.css';
import './story.css';
import './reflow.css';
import { useStoryTitle } from '../ui/story-title.tsx';

/** The order depends on the time only where a story passes from one step of urgency to the next. */
const ORDER_EVERY_MS = 5_000;
const WIDE = '(min-width: 761px)';

function useBrandsMissing(): boolean {
  const { value } = useAsked<{ readonly value: { readonly own: readonly string[] } }>('/api/policies/brands', { everyMs: 60_000 });
  return value !== null && value.value.own.length === 0;
}

/** The value of before as long as the new one says the same. */
function useSame<T>(value: T): T {
  const before = useRef(value);
  return useMemo(() => {
    if (!sameValue(before.current, value)) before.current = value;
    return before.current;
  }, [value]);
}

/** A more urgent story is offered; the page never goes there by itself, because somebody may be writing. */
function UrgentBar({ story, onChoose }: { readonly story: Story; readonly onChoose: (id: string) => void }): ReactNode {
  const { t } = useDeskWords();
  const storyTitle = useStoryTitle();
  const clock = nextClock(story);
  const left = useScreen((screen) => (clock ? clock.dueAt - screen.now : 0));
  return (
    <a className="urgent-bar" href={storyPath(story.id)} onClick={(event) => ownClick(event, () => onChoose(story.id))}>
      <strong>{t('pr.moreUrgent')}</strong>
      <span className="urgent-title">{isolated(storyTitle(story.title))}</span>
      <span className="figure">
        {left <= 0 && '+'}
        {clockText(left)}
      </span>
    </a>
  );
}

const Hints = memo(function Hints({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const { t } = useDeskWords();
  const shown: readonly Shortcut[] = ['next', 'previous', 'claim', 'respond', 'hand_over', 'false_alarm'];
  return (
    <div className="key-hints">
      {shown.map((act) => (
        <span key={act}>
          <kbd>{keyOf(act)}</kbd> {t(`pr.key.${act}`)}
        </span>
      ))}
      <button type="button" className="text-button" onClick={onHelp}>
        <kbd>?</kbd> {t('pr.keys')}
      </button>
    </div>
  );
});

/** Where no name of a brand is set, no mention is found. */
const NoBrands = memo(function NoBrands(): ReactNode {
  const { t } = useDeskWords();
  return (
    <Alert
      type="warning"
      showIcon={false}
      className="no-brands amber-note"
      title={t('pr.noBrands')}
      action={
        <Button size="small" href="/settings/brands">
          {t('pr.setBrands')}
        </Button>
      }
    />
  );
});

function askForActor(): void {
  const field = document.querySelector<HTMLElement>('#actor');
  field?.focus();
  field?.scrollIntoView({ block: 'center' });
}

function Desk(): ReactNode {
  const { t } = useDeskWords();
  const first = useGroupIfThere('incidents', 'open');
  const recent = useGroupIfThere('incidents', 'recent');
  const pendingHistory = useGroupIfThere('incidents', 'pendingHistory');
  const tick = useScreen((screen) => Math.floor(screen.now / ORDER_EVERY_MS) * ORDER_EVERY_MS);
  const [actor, setActor] = useActor();
  const [chosen, choose] = useStoryAddress();
  const settled = useSettled(chosen);
  const [filter, setFilter] = useState<QueueFilter>('all');
  const [help, setHelp] = useState(false);
  const roster = useRoster();
  const noBrands = useBrandsMissing();
  const { stories, total, partial } = useAllOpen(first);
  const me = actor.trim();
  const [order] = useState(keepingOrder);
  const ordered = useMemo(() => order(stories, tick), [order, stories, tick]);
  const { queue, at, answered } = ordered;
  const counts = useSame(useMemo(() => countsOf(ordered, me), [ordered, me]));
  const shown = useMemo(() => (filter === 'all' ? queue : queue.filter((story) => passes(story, filter, me, at))), [queue, filter, me, at]);
  // The story in sight asks for the others only where it is merged with one: it is not drawn anew when they change.
  const latest = useRef(queue);
  latest.current = queue;
  const openNow = useCallback(() => latest.current, []);
  const back = useCallback(() => choose(null), [choose]);
  const showHelp = useCallback(() => setHelp(true), []);
  const wide = window.matchMedia(WIDE).matches;
  // What is looked for among thousands is looked for again only where they have changed.
  const urgent = useMemo(() => moreUrgent(ordered, chosen, at), [ordered, chosen, at]);
  const version = useMemo(() => {
    if (chosen === null) return null;
    return (ordered.storyOf(chosen) ?? recent?.incidents.find(({ id }) => id === chosen))?.version ?? null;
  }, [ordered, recent, chosen]);

  // A desk shows the most urgent story at once, and from then on the address holds it; a phone begins with the list.
  const begin = wide && chosen === null ? (queue[0]?.id ?? null) : null;
  useEffect(() => {
    if (begin !== null) choose(begin, 'replace');
  }, [begin, choose]);

  const run = useEffectEvent((act: Shortcut, event: KeyboardEvent) => {
    if (act === 'help') {
      event.preventDefault();
      setHelp(true);
    }
    if ((act !== 'next' && act !== 'previous') || shown.length === 0) return;
    const index = shown.findIndex((story) => story.id === chosen);
    const to = act === 'next' ? index + 1 : Math.max(0, index - 1);
    const next = shown[Math.min(shown.length - 1, to)];
    if (next && next.id !== chosen) choose(next.id);
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const act = shortcutOf(event);
      if (act !== null) run(act, event);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  if (!first || !recent || pendingHistory === undefined) return <Loading rows={8} />;
  return (
    <div className={`pr ${chosen === null ? 'listing' : 'reading'}`}>
      <TabTitle count={total - counts.drills} first={queue.find((story) => !story.drill) ?? null} />
      <div className="pr-list">
        <Who id="actor" actor={actor} people={roster.people} onActor={setActor} />
        {noBrands && <NoBrands />}
        <Queue {...{ stories: shown, total, counts, filter, partial, chosen, me }} onFilter={setFilter} onChoose={choose} />
        <ClosedList recent={recent} answered={answered} chosen={chosen} onChoose={choose} />
        <OnDuty duty={roster.duty} />
        <Pending count={pendingHistory} actor={actor} onOpened={choose} onActorMissing={askForActor} />
        <Hints onHelp={showHelp} />
      </div>
      <div className="pr-story">
        {urgent && <UrgentBar story={urgent} onChoose={choose} />}
        {chosen === null ? (
          <section className="part pr-none">
            <p>{t(total === 0 ? 'pr.calm' : 'pr.choose')}</p>
          </section>
        ) : (
          <StoryPage
            key={chosen}
            id={chosen}
            version={version}
            actor={actor}
            settled={settled}
            roster={roster}
            openNow={openNow}
            onActorMissing={askForActor}
            onBack={back}
          />
        )}
      </div>
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

export function IncidentsPage(): ReactNode {
  return (
    <DeskPage section="incidents" view="incidents">
      <Desk />
    </DeskPage>
  );
}
