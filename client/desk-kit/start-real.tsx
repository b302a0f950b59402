/** The button that leaves the demo for the real workspace: it asks for confirmation and then reloads the page. */
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { ask } from '../wire/ask.ts';
import './start-real.css';

export function StartReal(): ReactNode {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);

  const start = async (): Promise<void> => {
    setBusy(true);
    const answer = await ask<{ started: true }>('/api/workspace/start-real', { body: {} });
    if (answer.outcome === 'ok') {
      window.location.assign('/settings');
      return;
    }
    setBusy(false);
    setFailed(answer.outcome === 'unreachable' ? t('workspace.offline') : answer.problem.detail);
  };

  return (
    <>
      <button type="button" data-act="start-real" onClick={() => dialog.current?.showModal()}>
        {t('workspace.start')}
      </button>
      <dialog ref={dialog} className="desk-dialog" aria-labelledby="start-real-title">
        <h2 id="start-real-title">{t('workspace.confirmTitle')}</h2>
        <p>{t('workspace.confirmDetail')}</p>
        {failed !== null && (
          <p className="dialog-failed" role="alert">
            {t('workspace.failed', { detail: failed })}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="primary" disabled={busy} onClick={() => void start()}>
            {busy ? t('workspace.sending') : t('workspace.confirm')}
          </button>
          <button type="button" disabled={busy} onClick={() => dialog.current?.close()}>
            {t('workspace.cancel')}
          </button>
        </div>
      </dialog>
    </>
  );
}
