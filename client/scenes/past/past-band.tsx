/** The head of a board of an earlier moment: which one, by what was known when, how much differs, and the day to move in. */
import type { ReactNode } from 'react';
import { scenePath, scenes, type SceneId } from '../../../shared/screens/scenes.ts';
import { dateLabel, hourMinute } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { knownOf, sides, type Side } from '../../screen/use-boards.ts';
import { atMinute, DAY_MINUTES, daysOn, minuteOfDay, textOf } from '../../format/moment.ts';
import type { Differ } from './differences.ts';

export interface PastBandProps {
  readonly scene: SceneId;
  readonly at: number;
  readonly side: Side;
  readonly timeZone: string;
  readonly demo: boolean;
  /** How many places differ; null while the boards come. */
  readonly differ: Differ | null;
  readonly unreachable: boolean;
  readonly move: (at: number) => void;
  readonly choose: (side: Side) => void;
}

export function PastBand({ scene, at, side, timeZone, demo, differ, unreachable, move, choose }: PastBandProps): ReactNode {
  const { t, language } = useWords();
  const time = hourMinute(at, timeZone);
  const when = `${dateLabel(at, timeZone, language)} ${time}`;
  const query = new URLSearchParams({ at: textOf(at), known: knownOf(side) }).toString();
  const said = unreachable
    ? t('past.unreachable')
    : differ === null
      ? t('past.loading', { time })
      : differ === 'untold'
        ? t('past.untold')
        : differ === 0
          ? t('past.same')
          : t('past.differ', { count: differ });
  return (
    <header className="past-band">
      <div className="past-line">
        <h1>{t(`scene.${scene}`)}</h1>
        <p className="past-when">
          <span className="past-word">{t('past.title')}</span> <time className="figure">{when}</time>
        </p>
        <div className="past-known" role="group" aria-label={t('past.choose')}>
          {sides.map((one) => (
            <button key={one} type="button" aria-pressed={one === side} onClick={() => choose(one)}>
              {t(`past.known.${one}`)}
            </button>
          ))}
        </div>
        <p className="past-differ" role="status">
          {said}
        </p>
        {demo && <span className="demo-mark">{t('demo.mark')}</span>}
        <a href={scenePath(scene)}>{t('past.live')}</a>
      </div>
      <div className="past-line">
        <button type="button" onClick={() => move(daysOn(at, -1, timeZone))}>
          ‹ {t('past.previousDay')}
        </button>
        <input
          type="range"
          className="past-slider"
          min={0}
          max={DAY_MINUTES - 1}
          step={1}
          value={minuteOfDay(at, timeZone)}
          aria-label={t('past.minute')}
          aria-valuetext={when}
          onChange={({ currentTarget }) => move(atMinute(at, Number(currentTarget.value), timeZone))}
        />
        <button type="button" onClick={() => move(daysOn(at, 1, timeZone))}>
          {t('past.nextDay')} ›
        </button>
        <nav className="past-scenes">
          {scenes
            .filter(({ id }) => id !== scene)
            .map(({ id }) => (
              <a key={id} href={`${scenePath(id)}?${query}`}>
                {t(`scene.${id}`)}
              </a>
            ))}
        </nav>
      </div>
    </header>
  );
}
