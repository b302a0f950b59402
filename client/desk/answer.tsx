/**
 * The actions that an incident allows now: claim, respond, resolve, call a false alarm, reopen. The most likely action
 * comes first, as a large button.
 */
import { useEffect, useEffectEvent, useId, useState } from 'react';
import type { ReactNode } from 'react';
import { evidenceOf } from '../../shared/incidents/evidence.ts';
import { isClosedStatus } from '../../shared/incidents/status.ts';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { timeOfDay } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { useActing } from './act.ts';
import type { CommandResult, CommandDraft } from './act.ts';
import './answer.css';

function ResultLine({ result }: { readonly result: CommandResult | null }): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  if (result === null) return null;
  if (result.kind === 'done') {
    return (
      <p className="outcome-done" role="status">
        {t('desk.done')}
      </p>
    );
  }
  if (result.kind === 'conflict') {
    const { by, status } = result;
    return (
      <div className="outcome-conflict" role="alert">
        <strong>{t('desk.conflict')}</strong>
        <p>
          {by
            ? t('desk.conflictBy', {
                actor: by.actor,
                time: timeOfDay(by.at, timeZone),
                action: t(`desk.action.${by.action}` as 'desk.action.opened', { defaultValue: by.action }),
              })
            : t('desk.conflictNow', { status: t(`desk.status.${status}`) })}
        </p>
      </div>
    );
  }
  return (
    <p className="outcome-failed" role="alert">
      {t('desk.failed')} {result.kind === 'unreachable' ? t('desk.failedOffline') : result.detail}
    </p>
  );
}

interface FormProps {
  readonly busy: boolean;
  readonly onCommand: (draft: CommandDraft) => Promise<boolean>;
  readonly onMissing: (what: string) => void;
}

function RespondForm({ busy, onCommand, onMissing }: FormProps): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [links, setLinks] = useState('');
  const send = async (): Promise<void> => {
    if (!text.trim()) {
      onMissing(t('desk.textMissing'));
      return;
    }
    const evidence = links
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map(evidenceOf);
    const done = await onCommand({ type: 'respond', text: text.trim(), ...(evidence.length > 0 ? { evidence } : {}) });
    if (done) {
      setText('');
      setLinks('');
    }
  };
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={`${id}-text`}>{t('desk.respondText')}</label>
      <textarea
        id={`${id}-text`}
        data-key="respond"
        rows={5}
        value={text}
        placeholder={t('desk.respondPlaceholder')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <label htmlFor={`${id}-links`}>{t('desk.evidence')}</label>
      <textarea id={`${id}-links`} rows={2} value={links} onChange={(event) => setLinks(event.target.value)} />
      <button type="submit" className="primary" disabled={busy}>
        {busy ? t('desk.sending') : t('desk.respond')}
      </button>
    </form>
  );
}

interface ReasonProps extends FormProps {
  readonly label: string;
  readonly question: string;
  readonly type: 'false_alarm' | 'reopen';
}

function ReasonForm({ label, question, type, busy, onCommand, onMissing }: ReasonProps): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!open) {
    return (
      <button type="button" className="secondary" onClick={() => setOpen(true)}>
        {label}
      </button>
    );
  }
  const send = async (): Promise<void> => {
    if (!reason.trim()) {
      onMissing(t('desk.reasonMissing'));
      return;
    }
    if (await onCommand({ type, reason: reason.trim() })) setOpen(false);
  };
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id}>{question}</label>
      <textarea id={id} rows={2} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="actions">
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('desk.sending') : t('desk.confirm')}
        </button>
        <button type="button" className="secondary" onClick={() => setOpen(false)}>
          {t('desk.cancel')}
        </button>
      </div>
    </form>
  );
}

export interface AnswerProps {
  readonly detail: IncidentDetail;
  readonly actor: string;
  readonly onActorMissing: () => void;
  readonly put: (detail: IncidentDetail) => void;
}

export function AnswerCard({ detail, actor, onActorMissing, put }: AnswerProps): ReactNode {
  const { t } = useWords();
  const { busy, result, act, forget } = useActing(detail, put);
  const [missing, setMissing] = useState<string | null>(null);
  const { status } = detail;
  const closed = isClosedStatus(status);

  const send = async (draft: CommandDraft): Promise<boolean> => {
    setMissing(null);
    if (!actor.trim()) {
      forget();
      onActorMissing();
      return false;
    }
    return act(draft, actor.trim());
  };
  const claim = useEffectEvent(() => {
    if (status === 'open') void send({ type: 'claim' });
  });

  // Keyboard shortcuts: C claims, R moves to the response. They are ignored while a person types into a field.
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || at.closest('input, textarea, dialog')) return;
      if (event.key === 'c') claim();
      if (event.key === 'r') {
        const field = document.querySelector<HTMLElement>('[data-key="respond"]');
        if (!field) return;
        event.preventDefault();
        field.focus();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  const forms = { busy, onCommand: send, onMissing: setMissing };
  return (
    <section className="card answer">
      <header className="card-head">
        <h2>{t('desk.respondTitle')}</h2>
        <span>{t('desk.respondNote')}</span>
      </header>
      <div className="answer-body">
        <ResultLine result={result} />
        {missing !== null && (
          <p className="outcome-failed" role="alert">
            {missing}
          </p>
        )}
        {status === 'open' && (
          <button type="button" className="primary large" disabled={busy} onClick={() => void send({ type: 'claim' })}>
            {busy ? t('desk.sending') : t('desk.claim')}
          </button>
        )}
        {detail.response !== null && (
          <div className="recorded">
            <strong>{t('desk.response')}</strong>
            <p>{detail.response}</p>
          </div>
        )}
        {(status === 'open' || status === 'claimed') && <RespondForm {...forms} />}
        {status === 'responded' && (
          <button type="button" className="primary large" disabled={busy} onClick={() => void send({ type: 'resolve' })}>
            {busy ? t('desk.sending') : t('desk.resolve')}
          </button>
        )}
        {status === 'merged' ? null : closed ? (
          <ReasonForm {...forms} type="reopen" label={t('desk.reopen')} question={t('desk.reopenReason')} />
        ) : (
          <ReasonForm {...forms} type="false_alarm" label={t('desk.falseAlarm')} question={t('desk.falseAlarmReason')} />
        )}
      </div>
    </section>
  );
}
