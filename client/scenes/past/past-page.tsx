/** The page of a wall with `?at=`: the board as it was at that minute. It follows no socket, and no clock on it runs. */
// This style sheet comes before all other imports, because the style sheets of panels and head override it.
import '../frame/wall.css';
import '../../panels/panel.css';
import { useCallback, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { scenePath, scenes, type SceneId } from '../../../shared/screens/scenes.ts';
import { BOARD_DAYS } from '../../../shared/wire/constants.ts';
import { preferLanguage } from '../../i18n/setup.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Cross } from '../../ui/shapes.tsx';
import { sceneOf } from '../all.ts';
import '../frame/head.css';
import '../frame/motion.css';
import '../frame/nav.css';
import '../frame/reflow.css';
import { DAY_MS, daysOn, momentOf, stepOfKey, textOf, within } from '../../format/moment.ts';
import { PastBand } from './past-band.tsx';
import { PastScene } from './past-scene.tsx';
import { knownOf, useBoards, type Side } from '../../screen/use-boards.ts';
import './past.css';
import type { Differ } from './differences.ts';

function Full({ title, hint, back }: { readonly title: string; readonly hint: string; readonly back: string }): ReactNode {
  const { t } = useWords();
  return (
    <main className="full-page" data-phase="past">
      <p className="full-product">{t('product')}</p>
      <Cross />
      <h1>{title}</h1>
      <p>{hint}</p>
      <p>
        <a href={back}>{t('past.live')}</a>
      </p>
    </main>
  );
}

/** The moment and what was known when, in the address, so that a link tells the same board. */
function useMoment(begin: number): readonly [number, (at: number) => void, Side, (side: Side) => void] {
  const [at, setAt] = useState(begin);
  const [side, setSide] = useState<Side>(new URLSearchParams(window.location.search).get('known') === 'now' ? 'after' : 'before');
  useEffect(() => {
    const query = new URLSearchParams({ at: textOf(at), known: knownOf(side) }).toString();
    window.history.replaceState(null, '', `${window.location.pathname}?${query}`);
  }, [at, side]);
  return [at, setAt, side, setSide];
}

function Past({ id, begin }: { readonly id: SceneId; readonly begin: number }): ReactNode {
  const { t } = useWords();
  const [at, setAt, side, choose] = useMoment(begin);
  const scene = sceneOf[id];
  const { boards, state, refused } = useBoards(scene.view, at);
  const [differ, setDiffer] = useState<Differ | null>(null);
  const zone = boards?.before.workspace.timeZone;
  const move = useCallback(
    (to: number) => {
      const now = boards?.now() ?? Date.now();
      setAt(within(to, now - BOARD_DAYS * DAY_MS, now));
    },
    [boards, setAt],
  );
  useEffect(() => {
    const step = (event: KeyboardEvent): void => {
      // The slider moves by itself where it has the focus.
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = stepOfKey(event.key, event.shiftKey);
      if (by !== null) {
        event.preventDefault();
        move(Math.abs(by) === DAY_MS && zone !== undefined ? daysOn(at, Math.sign(by), zone) : at + by);
      } else if (event.key === 'k') choose(side === 'before' ? 'after' : 'before');
    };
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  }, [at, side, move, choose, zone]);
  const locale = boards?.before.workspace.locale;
  useEffect(() => {
    if (locale !== undefined) preferLanguage(locale);
  }, [locale]);
  if (refused) {
    const code = refused.code === 'future' || refused.code === 'too_long_ago' ? refused.code : 'other';
    return (
      <Full
        title={t(`past.refused.${code}`, { days: BOARD_DAYS })}
        hint={t(`past.refusedHint.${code}`, { days: BOARD_DAYS })}
        back={scenePath(id)}
      />
    );
  }
  if (boards === null) {
    const title = state === 'unreachable' ? t('connection.unreachable') : t('past.loadingFirst');
    return <Full title={title} hint={state === 'unreachable' ? t('past.unreachable') : ''} back={scenePath(id)} />;
  }
  const { timeZone, demo } = boards.before.workspace;
  return (
    <div className="wall past" data-phase="live" data-scene={id} data-ready="true" data-at={boards.at} data-state={state}>
      <PastBand
        scene={id}
        at={at}
        side={side}
        timeZone={timeZone}
        demo={demo}
        differ={state === 'ready' ? differ : null}
        unreachable={state === 'unreachable'}
        move={move}
        choose={choose}
      />
      <PastScene scene={scene} boards={boards} side={side} told={setDiffer} />
    </div>
  );
}

export function PastPage({ path, at }: { readonly path: string; readonly at: string }): ReactNode {
  const { t } = useWords();
  const id = scenes.find((scene) => scenePath(scene.id) === path)?.id ?? scenes[0].id;
  const begin = momentOf(at);
  if (begin === null) return <Full title={t('past.badTime')} hint={t('past.badTimeHint')} back={scenePath(id)} />;
  return <Past id={id} begin={begin} />;
}
