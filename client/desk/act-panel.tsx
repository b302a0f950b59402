/** Answering a story: who has it, the form, the answer that was recorded, and the outcome of what was done last. */
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode, Ref } from 'react';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { timeOfDay } from '../format/instant.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import type { CommandResult } from './act.ts';
import { AnswerForm, LeftDraft, type AnswerFormHandle } from './answer-form.tsx';
import { EvidenceList } from './evidence.tsx';
import { isClosed, takenBy, takenWords } from './story-fields.ts';
import type { Acts } from './use-acts.ts';
import type { DraftState } from './use-draft.ts';

function Outcome({ result }: { readonly result: CommandResult }): ReactNode {
  const { t, coded } = useDeskWords();
  const { timeZone } = useWorkspace();
  if (result.kind === 'done') {
    return <span>{t('pr.done', { act: t(`pr.doneAct.${result.type}`), time: timeOfDay(result.at, timeZone) })}</span>;
  }
  if (result.kind === 'conflict') {
    const { by, status } = result;
    return (
      <>
        <strong>{t('pr.conflict')}</strong>{' '}
        {by
          ? t('pr.conflictBy', { actor: isolated(by.actor), time: timeOfDay(by.at, timeZone), action: coded('auditAction', by.action) })
          : t('pr.conflictNow', { status: t(`pr.status.${status}`) })}
      </>
    );
  }
  return (
    <>
      <strong>{t('pr.failed')}</strong> {result.kind === 'unreachable' ? t('pr.failedOffline') : result.detail}
    </>
  );
}

/** The focus goes to the outcome, so that the keyboard stays in the page and a screen reader says it. */
interface ResultLineProps {
  readonly result: CommandResult | null;
  readonly missing: string | null;
  /** Whether the focus may come here. */
  readonly focus?: boolean;
}

export function ResultLine({ result, missing, focus = true }: ResultLineProps): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus && result !== null && (document.activeElement === document.body || document.activeElement === null)) line.current?.focus();
  }, [result, focus]);
  if (missing !== null) {
    return (
      <div className="outcome outcome-failed" role="alert">
        {missing}
      </div>
    );
  }
  if (result === null) return null;
  const look = { done: 'outcome-done', conflict: 'outcome-conflict', refused: 'outcome-failed', unreachable: 'outcome-failed' }[
    result.kind
  ];
  return (
    <div className={`outcome ${look}`} role={result.kind === 'done' ? 'status' : 'alert'} tabIndex={-1} ref={line}>
      <Outcome result={result} />
    </div>
  );
}

function Recorded({ detail, onEvidence }: { readonly detail: IncidentDetail; readonly onEvidence: () => void }): ReactNode {
  const words = useDeskWords();
  const { t, exactAge } = words;
  const moment = useMoment();
  const taken = takenBy(detail);
  const by = detail.respondedBy;
  if (detail.response === null) return null;
  return (
    <div className="recorded">
      <div className="field-head">
        <strong>{by === null ? t('pr.answer') : t('pr.answerBy', { owner: isolated(by) })}</strong>
        {taken && (
          <span className={taken.late ? 'late-word' : 'small'}>
            {moment(taken.at)} ·{' '}
            {taken.late
              ? t('pr.takenLate', { age: exactAge(taken.ms), late: exactAge(taken.ms - taken.allowed) })
              : t('pr.inTime', { took: takenWords(taken, words) })}
          </span>
        )}
      </div>
      <p className="recorded-text">
        <OutsideText>{detail.response}</OutsideText>
      </p>
      <EvidenceList values={detail.evidence.map(({ value }) => value)} />
      <Button size="small" onClick={onEvidence}>
        {t('pr.evidenceMore')}
      </Button>
    </div>
  );
}

export interface ActPanelProps {
  readonly detail: IncidentDetail;
  readonly actor: string;
  readonly acts: Acts;
  readonly drafts: DraftState;
  readonly form: Ref<AnswerFormHandle>;
}

export function ActPanel({ detail, actor, acts, drafts, form }: ActPanelProps): ReactNode {
  const { t } = useDeskWords();
  const story = detail;
  const open = acts.can('respond');
  const other = story.owner !== null && story.owner !== actor.trim() ? story.owner : null;
  return (
    <section className="part pr-answer">
      <header className="part-head">
        <h2>{t('pr.answerTitle')}</h2>
        {open && <span className="part-note">{t('pr.serverTimeCounts')}</span>}
      </header>
      <ResultLine result={acts.result} missing={acts.missing} />
      {isClosed(story) && (
        <div className="closed-line">
          <strong>{t(`pr.status.${story.status}`)}</strong>
          {acts.can('reopen') && (
            <Button
              size="small"
              onClick={acts.result?.kind === 'done' && acts.result.type !== 'reopen' ? acts.undo : () => acts.ask('reopen')}
            >
              {acts.result?.kind === 'done' && acts.result.type !== 'reopen' ? t('pr.undo') : t('pr.reopen')}
            </Button>
          )}
        </div>
      )}
      <Recorded detail={story} onEvidence={() => acts.ask('evidence')} />
      {open ? (
        <AnswerForm
          ref={form}
          story={story}
          drafts={drafts}
          busy={acts.busy}
          takenBy={story.status === 'claimed' ? other : null}
          onCommand={acts.send}
          onMissing={acts.setMissing}
          onTakeOver={acts.takeOver}
        />
      ) : (
        <LeftDraft drafts={drafts} />
      )}
      {acts.can('resolve') && (
        <Button type="primary" size="large" loading={acts.busy} onClick={acts.resolve} className="resolve-button">
          {t('pr.resolve')} <kbd>X</kbd>
        </Button>
      )}
    </section>
  );
}
