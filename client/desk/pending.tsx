/** 补录待定: negative mentions that were found too late to start a clock. One click opens an incident for a mention. */
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { dateLabel, hourMinute } from '../format/instant.ts';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import type { PendingMention } from '../../shared/incidents/types.ts';
import { fetchPending, openPending } from './api.ts';
import { newCommandId } from '../wire/command-id.ts';
import { MoreButton } from './more-button.tsx';
import { useFetched } from './use-fetched.ts';
import { OutsideText } from '../ui/outside-text.tsx';
import { isolated } from '../format/outside.ts';
import { joinPages, useMorePages } from './use-more-pages.ts';

interface PendingProps {
  /** The number of these mentions on the server; when it changes, the list is requested again. */
  readonly count: number;
  readonly actor: string;
  readonly onOpened: (incidentId: string) => void;
  readonly onActorMissing: () => void;
}

interface RowProps extends Omit<PendingProps, 'count'> {
  readonly row: PendingMention;
  readonly onFailed: (why: string) => void;
}

function PendingRow({ row, actor, onOpened, onActorMissing, onFailed }: RowProps): ReactNode {
  const { t, language } = useWords();
  const { timeZone } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const commandId = useRef(newCommandId());

  const open = async (): Promise<void> => {
    if (!actor.trim()) {
      onActorMissing();
      return;
    }
    setBusy(true);
    const answer = await openPending({ commandId: commandId.current, actor: actor.trim(), mentionKey: row.key });
    setBusy(false);
    if (answer.outcome === 'ok') onOpened(answer.value.id);
    else onFailed(answer.outcome === 'unreachable' ? t('desk.failedOffline') : answer.problem.detail);
  };

  return (
    <li className="pending-row">
      <p className="pending-text">
        <OutsideText>{row.title ?? row.text}</OutsideText>
      </p>
      <p className="pending-meta">
        {[
          isolated(row.platform),
          row.author && isolated(row.author),
          `${dateLabel(row.publishedAt, timeZone, language)} ${hourMinute(row.publishedAt, timeZone)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <button type="button" className="secondary" disabled={busy} onClick={() => void open()}>
        {busy ? t('desk.sending') : t('desk.pendingOpen')}
      </button>
    </li>
  );
}

const fetchFirst = () => fetchPending(null);

export function Pending({ count, ...rest }: PendingProps): ReactNode {
  const { t } = useWords();
  const { value, failed, again } = useFetched('pending', String(count), fetchFirst);
  const [failure, setFailure] = useState<string | null>(null);
  const behind = useMorePages(value?.next ?? null, fetchPending);
  const rows = joinPages(value?.rows ?? [], behind.rows, (row) => row.key);
  return (
    <section className="card">
      <header className="card-head">
        <h2>
          {t('desk.pending')} {fullCount(value?.total ?? count)}
        </h2>
      </header>
      <p className="card-note">{t('desk.pendingNote')}</p>
      {failure !== null && (
        <p className="outcome-failed" role="alert">
          {t('desk.failed')} {failure}
        </p>
      )}
      {failed && (
        <p className="outcome-failed" role="alert">
          {t('desk.pendingFailed')}{' '}
          <button type="button" className="quiet" onClick={again}>
            {t('desk.retry')}
          </button>
        </p>
      )}
      {value && rows.length === 0 && <p className="empty">{t('desk.pendingEmpty')}</p>}
      <ol>
        {rows.map((row) => (
          <PendingRow key={row.key} row={row} {...rest} onFailed={setFailure} />
        ))}
      </ol>
      <MoreButton pages={behind} hidden={(value?.total ?? 0) - rows.length} />
    </section>
  );
}
