/** The head of a story: its clock at reading size, what it is, where time was lost, and what can be done. */
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import type { ClockView, IncidentDetail } from '../../shared/incidents/types.ts';
import { isolated } from '../format/outside.ts';
import { timeOfDay } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import { keyOf, type Shortcut } from './keys.ts';
import { NextCall } from './next-call.tsx';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, useUrgency, useUrgencyWord } from './running-clock.tsx';
import { SeverityReasons } from './severity.tsx';
import { lateBefore, roundOf, takenBy, takenWords, type Story } from './story-fields.ts';
import { statusLine } from './queue-row.tsx';
import type { Acts } from './use-acts.ts';
import type { DialogAct } from './act-dialog.tsx';
import { StoryTitle } from '../ui/story-title.tsx';

interface HeadProps {
  readonly detail: IncidentDetail;
  readonly actor: string;
  readonly onBack: () => void;
}

export function ClockBlock({ detail, actor, onBack }: HeadProps): ReactNode {
  const words = useDeskWords();
  const { t } = words;
  const { timeZone } = useWorkspace();
  const moment = useMoment();
  const word = useUrgencyWord();
  const story: Story = detail;
  const clock = nextClock(story);
  const urgency = useUrgency(clock);
  const estimated = useScreen((screen) => screen.phase === 'grey');
  const time = useScreen((screen) => timeOfDay(screen.now, timeZone));
  const disposal = story.clocks.find(
    ({ name, generation, state }) => name === 'disposal' && generation === roundOf(story) && state === 'armed',
  );
  const taken = takenBy(story);
  const top = (
    <div className="clock-top">
      <button type="button" className="clock-back" onClick={onBack}>
        ‹ {t('pr.back')}
      </button>
      <span>{t('pr.serverTime', { time })}</span>
    </div>
  );
  if (!clock) {
    return (
      <div className="clock-block closed">
        {top}
        <p className="clock-name">{t(`pr.status.${story.status}`)}</p>
        {taken && <p className="clock-large">{takenWords(taken, words)}</p>}
        <h1 className="clock-title">
          <StoryTitle>{story.title}</StoryTitle>
        </h1>
      </div>
    );
  }
  return (
    <div className={`clock-block ${urgency} ${estimated ? 'estimated' : ''}`}>
      {top}
      <p className="clock-name">
        <UrgencyShape urgency={urgency} />
        {word(urgency)} · {t(`pr.clock.${clock.name}`)}
        {estimated && ` · ${t('pr.estimated')}`}
        <span className="clock-who">· {statusLine(story, actor, t)}</span>
      </p>
      <RunningClock clock={clock} className="clock-large" />
      <h1 className="clock-title">
        <StoryTitle>{story.title}</StoryTitle>
      </h1>
      <p className="clock-due">
        {t('pr.dueAt', { time: moment(clock.dueAt) })}
        {clock.name === 'response' && disposal && ` · ${t('pr.disposalAt', { time: moment(disposal.dueAt) })}`}
      </p>
      {roundOf(story) > 1 && <p className="clock-round">{t(lateBefore(story) ? 'pr.roundLate' : 'pr.round', { count: roundOf(story) })}</p>}
      {story.pause && (
        <p className="clock-round">
          {t('pr.paused', {
            time: moment(story.pause.until),
            reason: isolated(story.pause.reason),
            by: isolated(story.pause.by),
            second: isolated(story.pause.secondBy),
          })}
        </p>
      )}
    </div>
  );
}

/** Where time passed before anybody could act; what the system took is named apart from what monitoring took. */
function Hops({ story }: { readonly story: Story }): ReactNode {
  const { t, exactAge } = useDeskWords();
  const moment = useMoment();
  const { hops } = story;
  const { publishedAt: published, detectedAt: detected } = hops;
  const steps = [
    t('pr.hop.published', { time: moment(published) }),
    t('pr.hop.detected', { time: moment(detected) }),
    t('pr.hop.received', { time: moment(hops.receivedAt) }),
    t('pr.hop.classified', { time: moment(hops.classifiedAt) }),
    ...(hops.routedAt === null ? [] : [t('pr.hop.routed', { time: moment(hops.routedAt) })]),
  ];
  const system = Math.max(0, hops.classifiedAt - hops.receivedAt);
  return (
    <p className="story-hops">
      {steps.join(' → ')}
      <span className="small hop-delays">
        {t('pr.delay.monitoring', { age: exactAge(Math.max(0, detected - published)) })}
        {` · ${t('pr.delay.delivery', { age: exactAge(Math.max(0, hops.receivedAt - hops.detectedAt)) })}`}
        {` · ${t('pr.delay.system', { age: exactAge(system) })}`}
      </span>
    </p>
  );
}

function Deadlines({ clocks }: { readonly clocks: readonly ClockView[] }): ReactNode {
  const { t, exactAge, coded } = useDeskWords();
  const moment = useMoment();
  const rounds = Math.max(1, ...clocks.map(({ generation }) => generation));
  return (
    <details className="deadlines">
      <summary>{t('pr.deadlines')}</summary>
      <ol>
        {clocks.map((clock) => (
          <li key={`${clock.name}:${clock.generation}`}>
            {rounds > 1 && <span>{t('pr.round', { count: clock.generation })}</span>}
            <strong>{t(`pr.clock.${clock.name}`)}</strong>
            <span>{t('pr.dueAt', { time: moment(clock.dueAt) })}</span>
            <span className={clock.state === 'fired' ? 'late-word' : ''}>
              {coded('clockState', clock.state)}
              {clock.latenessMs !== null && clock.latenessMs >= 1_000 && ` · ${t('pr.noticed', { age: exactAge(clock.latenessMs) })}`}
              {clock.stoppedAt !== null &&
                clock.stoppedAt > clock.dueAt &&
                ` · ${t('pr.late', { age: exactAge(clock.stoppedAt - clock.dueAt) })}`}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Key({ of }: { readonly of: Shortcut }): ReactNode {
  return <kbd>{keyOf(of)}</kbd>;
}

/** Acts that are rarer; they stand in the menu. */
const menuActs = ['note', 'merge', 'pause', 'severity', 'reopen'] as const satisfies readonly DialogAct[];

export interface StoryHeadProps extends HeadProps {
  readonly acts: Acts;
  readonly onRespond: () => void;
}

export function StoryHead({ detail, actor, onBack, acts, onRespond }: StoryHeadProps): ReactNode {
  const { t } = useDeskWords();
  const story: Story = detail;
  const open = acts.can('claim');
  return (
    <section className="part story-head">
      <ClockBlock detail={detail} actor={actor} onBack={onBack} />
      <div className="story-what">
        <div className="story-title-line">
          <h1 className="story-title">
            {story.drill && <span className="drill-mark">{t('pr.drill')}</span>}
            <StoryTitle>{story.title}</StoryTitle>
          </h1>
          <SeverityReasons story={story} />
          {story.product !== null && (
            <span className="product-mark">
              <OutsideText>{story.product}</OutsideText>
            </span>
          )}
          <span className="story-code">{story.code}</span>
        </div>
        <p className="story-owner">
          <strong>{statusLine(story, actor, t)} · </strong>
          <OutsideText>{story.brand}</OutsideText>
          <NextCall story={story}>{(words) => <span className="next-call"> · {words}</span>}</NextCall>
        </p>
        <Hops story={story} />
        <Deadlines clocks={detail.clocks} />
        <div className="story-acts">
          {open && (
            <Button type="primary" data-act="claim" loading={acts.busy} onClick={acts.claim}>
              {t('pr.claim')} <Key of="claim" />
            </Button>
          )}
          {acts.can('respond') && (
            <Button onClick={onRespond}>
              {t('pr.writeAnswer')} <Key of="respond" />
            </Button>
          )}
          {acts.can('hand_over') && (
            <Button onClick={() => acts.ask('hand_over')}>
              {t('pr.handOver')} <Key of="hand_over" />
            </Button>
          )}
          {acts.can('false_alarm') && (
            <Button onClick={() => acts.ask('false_alarm')}>
              {t('pr.falseAlarm')} <Key of="false_alarm" />
            </Button>
          )}
          {acts.can('resume') && <Button onClick={acts.resume}>{t('pr.resume')}</Button>}
          <Dropdown
            trigger={['click']}
            menu={{
              items: menuActs.filter((act) => acts.can(act)).map((act) => ({ key: act, label: t(`pr.menu.${act}`) })),
              onClick: ({ key }) => {
                const act = menuActs.find((one) => one === key);
                if (act) acts.ask(act);
              },
            }}
          >
            <Button>{t('pr.moreActs')}</Button>
          </Dropdown>
        </div>
      </div>
    </section>
  );
}
