/** The headline of 舆情: the clock of the most urgent story, readable from everywhere; or the calm, in words. */
import type { CSSProperties, ReactNode } from 'react';
import type { NearestStory } from '../../../shared/wire/views/sentiment.ts';
import type { StripCell } from '../../../shared/wire/views/strip.ts';
import { clockText } from '../../format/duration.ts';
import { hourMinute, timeOfDay } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { scaled } from '../../format/scale.ts';
import { fittingSize } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Words } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { urgencyAt } from '../../state/urgency.ts';
import type { Urgency } from '../../state/urgency.ts';
import { marksOf, ownerLine, todayWords } from '../../ui/clock-words.ts';
import { Check, GradeMark, UrgencyShape } from '../../ui/shapes.tsx';
import './nearest.css';
import { StoryTitle } from '../../ui/story-title.tsx';

/** px of the drawing: the largest clock, and the room it has beside the story. */
const CLOCK = 340;
const CLOCK_ROOM = 790;

const sized = (px: number): CSSProperties & Record<`--${string}`, string> => ({ '--size': String(px) });

/** 火急 · 无人认领 */
function headWords(cell: StripCell, urgency: Urgency, estimated: boolean, stoppedAt: string | null, words: Words): string {
  const { t } = words;
  // That a deadline is over stands below in the largest letters of the scene.
  const state = { breached: [], fire: [t('story.fire')], soon: [t('story.soon')], calm: [t('strip.calm')] }[urgency];
  const parts = [...(cell.clock === 'disposal' ? [t('strip.disposal')] : []), ...state, ...(estimated ? [t('strip.estimated')] : [])];
  const nobody = stoppedAt === null && cell.owner === null && cell.status !== 'responded';
  return [...parts, nobody ? t('story.unclaimed') : ownerLine(cell, stoppedAt, words)].join(' · ');
}

function Clock({ dueAt }: { readonly dueAt: number }): ReactNode {
  const text = useScreen((screen) => clockText(dueAt - screen.now));
  return (
    <p className="figure nearest-clock" role="timer" style={sized(fittingSize(text, '', CLOCK_ROOM, CLOCK, 1))}>
      {text}
    </p>
  );
}

/** A deadline that is over: the word where the clock stood, and below it how late it is. */
function Over({ dueAt }: { readonly dueAt: number }): ReactNode {
  const { t, exactAge } = useWords();
  const late = useScreen((screen) => Math.max(0, screen.now - dueAt));
  return (
    <div>
      <p className="nearest-over-word">{t('strip.breached')}</p>
      <p className="nearest-late" role="timer">
        {t('strip.late', { age: exactAge(late) })}
      </p>
    </div>
  );
}

function Block({ story }: { readonly story: NearestStory }): ReactNode {
  const words = useWords();
  const { t, scale } = words;
  const { timeZone } = useWorkspace();
  const { cell, mentions, reach, firstSeen, movedTo } = story;
  const urgency = useScreen((screen) => urgencyAt(cell, screen.now));
  const estimated = useScreen((screen) => screen.phase === 'grey');
  const stoppedAt = useScreen((screen) =>
    screen.phase === 'grey' && screen.heartbeatAt !== null ? hourMinute(screen.heartbeatAt, timeZone) : null,
  );
  const amber = useAmber(urgency === 'soon', amberRank.headline);
  const head = headWords(cell, urgency, estimated, stoppedAt, words);
  const marks = marksOf(cell, words);
  const count = scaled(mentions, scale);
  const reads = reach === null || reach === 0 ? null : scaled(reach, scale);
  const time = timeOfDay(cell.dueAt, timeZone);
  const places =
    firstSeen === null
      ? null
      : movedTo === null
        ? t('story.first', { first: isolated(firstSeen) })
        : t('story.moved', { first: isolated(firstSeen), moved: isolated(movedTo) });
  return (
    <a
      className={`nearest ${urgency} ${estimated ? 'estimated' : ''} ${amber}`}
      href={`/incidents/${encodeURIComponent(cell.incidentId)}`}
      data-incident={cell.incidentId}
    >
      <div className="nearest-head">
        <UrgencyShape urgency={urgency} hollow={estimated} />
        <p className="nearest-state" title={head}>
          {head}
        </p>
        <p className="nearest-due">
          {cell.grade !== null && (
            <span className="nearest-grade">
              <GradeMark grade={cell.grade} />
              {t(`severity.grade.${cell.grade}`)}
            </span>
          )}
          <span>{urgency === 'breached' ? t('story.dueWas', { time }) : t('story.dueAt', { time })}</span>
        </p>
      </div>
      {urgency === 'breached' ? <Over dueAt={cell.dueAt} /> : <Clock dueAt={cell.dueAt} />}
      <div className="nearest-story">
        <p className="nearest-title two-lines" title={isolated(cell.title)}>
          <StoryTitle>{cell.title}</StoryTitle>
        </p>
        {marks && <p className="nearest-marks">{marks}</p>}
        <p className="nearest-fact">{t('story.mentions', { figure: count.figure + count.unit })}</p>
        {reads && <p className="nearest-fact">{t('story.reach', { figure: reads.figure + reads.unit })}</p>}
        {places && (
          <p className="nearest-fact" title={places}>
            {places}
          </p>
        )}
      </div>
    </a>
  );
}

function Calm(): ReactNode {
  const words = useWords();
  const { today } = useGroup('sentiment', 'strip');
  const { brandsSet } = useWorkspace();
  const amber = useAmber(!brandsSet, amberRank.figure);
  return (
    <div className="nearest quiet">
      <p className="figure nearest-none">0</p>
      <div className="nearest-story">
        <p className="nearest-title two-lines">{words.t('story.noneOpen')}</p>
        <p className={`nearest-calm ${brandsSet ? '' : 'marked'} ${amber}`}>
          {/* Without an own brand nothing is counted down: that is no calm. */}
          {brandsSet ? words.t('story.calm') : words.t('problem.no_own_brand')}
        </p>
        <p className="nearest-fact">
          {today.answered > 0 && today.late === 0 && <Check />} {todayWords(today, words)}
        </p>
      </div>
    </div>
  );
}

export function NearestBody(): ReactNode {
  const story = useGroup('sentiment', 'nearest');
  return story === null ? <Calm /> : <Block story={story} />;
}
