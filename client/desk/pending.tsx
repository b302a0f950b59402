/**
 * 补录待定: negative mentions that were found too late to start a clock. For each of them, or for all at once, somebody
 * decides: a story is opened, or the mention is dismissed with a reason.
 */
import { Button, Input, Modal } from 'antd';
import { memo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { IncidentDetail, PendingMention, PendingPage } from '../../shared/incidents/types.ts';
import { Answered, Empty, useFaultWords } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { dateLabel, hourMinute } from '../format/instant.ts';
import { isolated } from '../format/outside.ts';
import { fullCount } from '../format/scale.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import type { Answer } from '../wire/ask.ts';
import { newCommandId } from '../wire/command-id.ts';
import { dismissPending, fetchPending, openPending, PENDING } from './api.ts';
import { MoreButton } from './more-button.tsx';
import { joinPages, useMorePages } from './use-more-pages.ts';

export interface PendingProps {
  /** The number of these mentions on the server; when it changes, the list is requested again. */
  readonly count: number;
  readonly actor: string;
  readonly onOpened: (incidentId: string) => void;
  readonly onActorMissing: () => void;
}

/** What is to be dismissed: one mention, or all there are. */
type Dismissal = { readonly row: PendingMention } | 'all';

function useDecide({ actor, onActorMissing }: Pick<PendingProps, 'actor' | 'onActorMissing'>, onFailed: (why: string) => void) {
  const faultWords = useFaultWords();
  const [busy, setBusy] = useState(false);
  const commandId = useRef(newCommandId());
  const decide = async <T,>(ask: (by: { commandId: string; actor: string }) => Promise<Answer<T>>): Promise<T | null> => {
    if (actor.trim() === '') {
      onActorMissing();
      return null;
    }
    setBusy(true);
    const answer = await ask({ commandId: commandId.current, actor: actor.trim() });
    setBusy(false);
    if (answer.outcome === 'ok') {
      commandId.current = newCommandId();
      return answer.value;
    }
    onFailed(faultWords(answer));
    return null;
  };
  return { busy, decide };
}

interface RowProps extends Omit<PendingProps, 'count'> {
  readonly row: PendingMention;
  readonly onFailed: (why: string) => void;
  readonly onDismiss: (row: PendingMention) => void;
}

function Row({ row, onOpened, onFailed, onDismiss, ...who }: RowProps): ReactNode {
  const { t, language } = useDeskWords();
  const { timeZone } = useWorkspace();
  const { busy, decide } = useDecide(who, onFailed);
  const open = async (): Promise<void> => {
    const opened = await decide<IncidentDetail>((by) => openPending({ ...by, mentionKey: row.key }));
    if (opened) onOpened(opened.id);
  };
  return (
    <li className="pending-row">
      <p className="pending-text" title={isolated(row.title ?? row.text)}>
        <OutsideText>{row.title ?? row.text}</OutsideText>
      </p>
      <p className="small">
        {[
          isolated(row.platform),
          row.author && isolated(row.author),
          `${dateLabel(row.publishedAt, timeZone, language)} ${hourMinute(row.publishedAt, timeZone)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="form-actions">
        <Button size="small" loading={busy} data-act="open" onClick={() => void open()}>
          {t('pr.pendingOpen')}
        </Button>
        <Button size="small" type="text" data-act="dismiss" onClick={() => onDismiss(row)}>
          {t('pr.pendingDismiss')}
        </Button>
      </div>
    </li>
  );
}

interface DismissDialogProps extends Pick<PendingProps, 'actor' | 'onActorMissing'> {
  readonly dismissal: Dismissal;
  readonly total: number;
  readonly onDone: (count: number) => void;
  readonly onClose: () => void;
}

function DismissDialog({ dismissal, total, onDone, onClose, ...who }: DismissDialogProps): ReactNode {
  const { t } = useDeskWords();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { busy, decide } = useDecide(who, setFault);
  const send = async (): Promise<void> => {
    const which = dismissal === 'all' ? { all: true as const } : { mentionKeys: [dismissal.row.key] };
    const done = await decide((by) => dismissPending({ ...by, ...which, reason: reason.trim() }));
    if (done) onDone(done.dismissed);
  };
  return (
    <Modal
      open
      title={dismissal === 'all' ? t('pr.dismissAllTitle', { figure: fullCount(total) }) : t('pr.dismissTitle')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('pr.cancel')}
        </Button>,
        <Button key="send" type="primary" loading={busy} disabled={reason.trim() === ''} onClick={() => void send()}>
          {t('pr.pendingDismiss')}
        </Button>,
      ]}
    >
      <div className="act-fields">
        <label htmlFor="dismiss-reason">{t('pr.dismissReason')}</label>
        <Input.TextArea
          id="dismiss-reason"
          autoFocus
          rows={2}
          maxLength={2_000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {fault !== null && (
          <p className="field-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
    </Modal>
  );
}

export const Pending = memo(function Pending({ count, ...rest }: PendingProps): ReactNode {
  const { t } = useDeskWords();
  const asked = useAsked<PendingPage>(PENDING, { version: String(count) });
  const [failure, setFailure] = useState<string | null>(null);
  const [dismissal, setDismissal] = useState<Dismissal | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const behind = useMorePages(asked.value?.next ?? null, fetchPending);
  const total = asked.value?.total ?? count;
  if (count === 0 && total === 0) return null;
  return (
    <section className="part pr-pending">
      <header className="part-head">
        <h2>
          {t('pr.pending')} {fullCount(total)}
        </h2>
        {total > 1 && (
          <Button size="small" className="part-tools" data-act="dismiss-all" onClick={() => setDismissal('all')}>
            {t('pr.dismissAll')}
          </Button>
        )}
      </header>
      <p className="small">{t('pr.pendingNote')}</p>
      {failure !== null && (
        <p className="field-fault" role="alert">
          {failure}
        </p>
      )}
      {dismissed !== null && (
        <p className="outcome outcome-done" role="status">
          {t('pr.dismissed', { figure: fullCount(dismissed) })}
        </p>
      )}
      <Answered asked={asked} rows={2}>
        {(page) => {
          const rows = joinPages(page.rows, behind.rows, (row) => row.key);
          return (
            <>
              {rows.length === 0 && <Empty title={t('pr.pendingEmpty')} />}
              <ol className="pending-rows">
                {rows.map((row) => (
                  <Row key={row.key} row={row} {...rest} onFailed={setFailure} onDismiss={(one) => setDismissal({ row: one })} />
                ))}
              </ol>
              <MoreButton pages={behind} hidden={page.total - rows.length} />
            </>
          );
        }}
      </Answered>
      {dismissal !== null && (
        <DismissDialog
          dismissal={dismissal}
          total={total}
          actor={rest.actor}
          onActorMissing={() => {
            setDismissal(null);
            rest.onActorMissing();
          }}
          onClose={() => setDismissal(null)}
          onDone={(done) => {
            setDismissal(null);
            setDismissed(done);
            asked.again();
          }}
        />
      )}
    </section>
  );
});
