/** A cell of the strip: the clock of one story, which links to the story. */
import type { ReactNode } from 'react';
import type { StripCell } from '../../../shared/wire/views/strip.ts';
import { clockText } from '../../format/duration.ts';
import { hourMinute } from '../../format/instant.ts';
import { isolated } from '../../format/outside.ts';
import { textWidth } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { urgencyAt } from '../../state/urgency.ts';
import { marksOf, ownerLine, urgencyWord } from '../../ui/clock-words.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { GradeMark, UrgencyShape } from '../../ui/shapes.tsx';
import { useStoryTitle } from '../../ui/story-title.tsx';

/** A clock of ten hours or more has eight characters. */
const LONG_MS = 36_000_000;
/** About this many Chinese characters fit on one line at full size. */
const TITLE_LIMIT = 7;

function Countdown({ dueAt }: { readonly dueAt: number }): ReactNode {
  const left = useScreen((screen) => dueAt - screen.now);
  return (
    <p className={`figure cell-clock ${left >= LONG_MS ? 'long' : ''}`} role="timer">
      {clockText(left)}
    </p>
  );
}

/** A deadline that is over does not run any more: the word stands where the clock stood, and below it how late it is. */
function Lateness({ dueAt, word }: { readonly dueAt: number; readonly word: string }): ReactNode {
  const { t, exactAge } = useWords();
  const late = useScreen((screen) => Math.max(0, screen.now - dueAt));
  return (
    <>
      <p className="cell-over">{t('strip.breached')}</p>
      <p className="cell-word late" role="timer">
        {t('strip.late', { age: exactAge(late) })}
        {word && ` · ${word}`}
      </p>
    </>
  );
}

/** The severity as shape, colour and word. */
function Grade({ grade }: { readonly grade: NonNullable<StripCell['grade']> }): ReactNode {
  const { t } = useWords();
  return (
    <span className="cell-grade">
      <GradeMark grade={grade} />
      {t(`severity.grade.${grade}`)}
    </span>
  );
}

export interface StoryCellProps {
  readonly cell: StripCell;
  readonly place: number;
  readonly tail: string;
}

export function StoryCell({ cell, place, tail }: StoryCellProps): ReactNode {
  const words = useWords();
  const { timeZone } = useWorkspace();
  const urgency = useScreen((screen) => urgencyAt(cell, screen.now));
  const estimated = useScreen((screen) => screen.phase === 'grey');
  const stoppedAt = useScreen((screen) =>
    screen.phase === 'grey' && screen.heartbeatAt !== null ? hourMinute(screen.heartbeatAt, timeZone) : null,
  );
  const amber = useAmber(urgency === 'soon' || (urgency === 'calm' && cell.grade === 'orange'), amberRank.clock, place);
  const title = useStoryTitle()(cell.title);
  const long = textWidth(title) > TITLE_LIMIT;
  const word = urgencyWord(cell, urgency, estimated, words);
  const owner = ownerLine(cell, stoppedAt, words);
  const marks = marksOf(cell, words);
  const grade = cell.grade !== null && <Grade grade={cell.grade} />;
  // A cell has three lines: what fills the third one is told in front of the owner where a tail takes it.
  const lines = tail && marks ? [`${marks} · ${owner}`, tail] : [owner, tail || marks].filter(Boolean);
  return (
    <li className="strip-place">
      <a
        className={`cell ${urgency} ${estimated ? 'estimated' : ''} ${amber}`}
        href={`/incidents/${encodeURIComponent(cell.incidentId)}`}
        data-incident={cell.incidentId}
      >
        <UrgencyShape urgency={urgency} hollow={estimated} />
        <div className="cell-time">
          {urgency === 'breached' ? (
            <Lateness dueAt={cell.dueAt} word={word} />
          ) : (
            <>
              <Countdown dueAt={cell.dueAt} />
              <p className="cell-word">
                {grade}
                {word}
              </p>
            </>
          )}
        </div>
        <div className="cell-story">
          <p className={`cell-title ${long ? 'long' : ''} ${lines.length > 1 ? '' : 'two'}`} title={isolated(title)}>
            <OutsideText>{title}</OutsideText>
          </p>
          {lines.map((line, i) => (
            <p key={line} className={i === 0 ? 'cell-owner' : 'cell-tail'} title={line}>
              {i === 0 && urgency === 'breached' && grade}
              {line}
            </p>
          ))}
        </div>
      </a>
    </li>
  );
}
