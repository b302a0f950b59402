/** The story that is shown: reading it on the left, acting on it on the right; on a phone one below the other. */
import { Alert, Button } from 'antd';
import { memo, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { Failed, Loading } from '../desk-kit/states.tsx';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { ActDialog } from './act-dialog.tsx';
import { ActPanel } from './act-panel.tsx';
import type { AnswerFormHandle } from './answer-form.tsx';
import { Exposure, useExposure } from './exposure.tsx';
import { Glance } from './glance.tsx';
import { shortcutOf, type Shortcut } from './keys.ts';
import { Mentions } from './mentions.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { Spread, useSpread } from './spread.tsx';
import { StoryAudit } from './story-audit.tsx';
import { isClosed, type Story } from './story-fields.ts';
import { StoryHead } from './story-head.tsx';
import { useActs } from './use-acts.ts';
import { useDraft } from './use-draft.ts';
import type { RosterView } from './use-roster.ts';
import { useStory } from './use-story.ts';

export interface StoryPageProps {
  readonly id: string;
  /** null if the queue does not contain the story. */
  readonly version: number | null;
  readonly actor: string;
  readonly settled: boolean;
  readonly roster: RosterView;
  /** The open stories, to merge with. */
  readonly openNow: () => readonly Story[];
  readonly onActorMissing: () => void;
  readonly onBack: () => void;
}

function focusOn(key: string): void {
  const field = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
  const target = field?.matches('input, textarea') === true ? field : field?.querySelector<HTMLElement>('input, textarea');
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}

/** Drawn anew where the story has changed, and not with each heartbeat: all fields of the page take longer than a frame. */
const Open = memo(function Open({
  detail,
  put,
  ...props
}: Omit<StoryPageProps, 'id' | 'version'> & {
  readonly detail: IncidentDetail;
  readonly put: (detail: IncidentDetail) => void;
}): ReactNode {
  const { actor, settled, roster, openNow, onActorMissing, onBack } = props;
  const story: Story = detail;
  const acts = useActs({ detail, actor, settled, onActorMissing, put });
  const drafts = useDraft(detail.id, actor.trim(), !isClosed(story));
  const form = useRef<AnswerFormHandle>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const spread = useSpread(story);
  const exposure = useExposure(story);

  const run = useEffectEvent((act: Shortcut, event: KeyboardEvent) => {
    const focus = act === 'respond' || act === 'evidence' || act === 'search' ? act : null;
    if (focus !== null && document.querySelector(`[data-key="${focus}"]`) !== null) {
      event.preventDefault();
      focusOn(focus);
    } else if (act === 'claim' && acts.can('claim')) acts.claim();
    else if (act === 'resolve' && acts.can('resolve')) acts.resolve();
    else if (act === 'takeOver' && acts.can('hand_over') && story.owner !== null && story.owner !== actor.trim()) acts.takeOver();
    else if (
      act === 'hand_over' ||
      act === 'false_alarm' ||
      act === 'merge' ||
      act === 'note' ||
      act === 'pause' ||
      act === 'severity' ||
      act === 'evidence'
    ) {
      if (!acts.can(act)) return;
      event.preventDefault();
      acts.ask(act);
    }
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const act = shortcutOf(event);
      if (act !== null) run(act, event);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  return (
    <>
      <div className="pr-read" data-status={story.status}>
        <StoryHead detail={detail} actor={actor.trim()} onBack={onBack} acts={acts} onRespond={() => focusOn('respond')} />
        <Glance detail={detail} spread={spread} />
        <Spread story={story} spread={spread} />
        <Mentions detail={detail} marked={marked} onMarked={setMarked} onSplit={() => acts.ask('split')} />
      </div>
      <div className="pr-act" data-status={story.status}>
        <ActPanel detail={detail} actor={actor} acts={acts} drafts={drafts} form={form} />
        <Exposure story={story} asked={exposure} actor={actor} onActorMissing={onActorMissing} />
        <StoryAudit detail={detail} />
      </div>
      <PhoneBar detail={detail} actor={actor} acts={acts} onSend={() => form.current?.send()} />
      {acts.dialog !== null && (
        <ActDialog
          key={`${detail.id} ${detail.status} ${acts.dialog}`}
          act={acts.dialog}
          story={story}
          actor={actor.trim()}
          people={roster.people}
          others={openNow().filter((one) => one.id !== detail.id)}
          marked={marked}
          busy={acts.busy}
          onCommand={async (draft) => {
            const done = await acts.send(draft);
            if (done) setMarked([]);
            return done;
          }}
          onClose={acts.close}
        />
      )}
    </>
  );
});

function Page({ id, version, ...rest }: StoryPageProps): ReactNode {
  const { t } = useDeskWords();
  const moment = useMoment();
  const { detail, fault, oldSince, put, again } = useStory(id, version);
  if (!detail) {
    const unknown = fault?.outcome === 'refused' && fault.problem.code === 'unknown_incident';
    return (
      <div className="pr-read">
        <section className="part">
          {unknown ? (
            <div className="empty-state" role="alert">
              <p className="empty-title">{t('pr.unknown')}</p>
              <p>{t('pr.unknownHint')}</p>
              <Button onClick={rest.onBack}>{t('pr.back')}</Button>
            </div>
          ) : fault ? (
            <Failed fault={fault} again={again} />
          ) : (
            <Loading rows={8} />
          )}
        </section>
      </div>
    );
  }
  return (
    <>
      {oldSince !== null && (
        <Alert className="old-story amber-note" type="warning" showIcon={false} title={t('pr.oldStory', { time: moment(oldSince) })} />
      )}
      <Open key={id} detail={detail} put={put} {...rest} />
    </>
  );
}

/** Drawn anew only when something of its own changes, and not with the queue beside it. */
export const StoryPage = memo(Page);
