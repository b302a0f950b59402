/** Stop, feed or watch: recorded with what was known. On a figure that may still fall it asks once more. */
import { Alert, Button, Input, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { decisionTypes } from '../../shared/kpi/campaign-choices.ts';
import type { CampaignDecision, CampaignRow, DecisionDocument, DecisionType } from '../../shared/kpi/campaigns.ts';
import { useActor } from '../desk-kit/actor.ts';
import { useFaultWords } from '../desk-kit/states.tsx';
import type { AskFault } from '../desk-kit/use-asked.ts';
import { newCommandId } from '../wire/command-id.ts';
import { dayLabel } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { ask } from '../wire/ask.ts';
import { useCampaignWords } from './campaign-words.ts';

export interface DecisionFormProps {
  readonly row: CampaignRow;
  readonly decisions: readonly CampaignDecision[];
  readonly onDecided: () => void;
}

export function DecisionForm({ row, decisions, onDecided }: DecisionFormProps): ReactNode {
  const { t, language } = useDeskWords();
  const words = useCampaignWords();
  const faultWords = useFaultWords();
  const { timeZone } = useWorkspace();
  const [type, setType] = useState<DecisionType>(row.flag ? 'stop' : 'watch');
  const [note, setNote] = useState('');
  const [actor, setActor] = useActor();
  const [immature, setImmature] = useState(false);
  const [fault, setFault] = useState<AskFault | null>(null);
  const [made, setMade] = useState<CampaignDecision | null>(null);
  const [busy, setBusy] = useState(false);
  // One command for one decision: a second press of the button repeats it instead of deciding twice.
  const [commandId, setCommandId] = useState(newCommandId);
  const send = async (confirmed: boolean): Promise<void> => {
    setBusy(true);
    const document: DecisionDocument = { commandId, type, note, actor, ...(confirmed && { confirmed }) };
    const answer = await ask<CampaignDecision>(`/api/campaigns/${encodeURIComponent(row.campaignId)}/decisions`, { body: document });
    setBusy(false);
    if (answer.outcome === 'conflict' && answer.problem.code === 'immature') {
      setImmature(true);
      return;
    }
    setImmature(false);
    setFault(answer.outcome === 'ok' ? null : answer);
    if (answer.outcome !== 'ok') return;
    setMade(answer.value);
    setNote('');
    setCommandId(newCommandId());
    onDecided();
  };
  const known = [
    `${t('director.roi')} ${words.roi(row.roi)}`,
    ...(row.maturity === null ? [] : [t('director.maturity', { value: words.part(row.maturity) })]),
    `${t('director.roas')} ${words.factor(row.roas)}`,
    t('director.breakEven', { value: words.factor(row.break_even_roas) }),
  ].join(' · ');
  const earlier = made && !decisions.some((one) => one.commandId === made.commandId) ? [made, ...decisions] : decisions;
  return (
    <div className="campaign-decision">
      <h3>{t('director.decide')}</h3>
      <Segmented
        block
        aria-label={t('director.decide')}
        value={type}
        options={decisionTypes.map((value) => ({ value, label: t(`director.${value}`) }))}
        onChange={setType}
      />
      <Input.TextArea
        aria-label={t('director.note')}
        placeholder={t('director.note')}
        rows={2}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Input
        aria-label={t('director.actor')}
        placeholder={t('director.actor')}
        value={actor}
        onChange={({ target }) => setActor(target.value)}
      />
      <p className="small">{t('director.known', { what: known })}</p>
      {immature && <Alert type="warning" showIcon={false} title={t('director.immature', { value: words.part(row.maturity) })} />}
      {fault && <Alert type="error" showIcon={false} title={faultWords(fault)} />}
      <Button type="primary" loading={busy} disabled={note.trim() === '' || actor.trim() === ''} onClick={() => void send(immature)}>
        {t(immature ? 'director.confirm' : 'director.record')}
      </Button>
      {made && !busy && <span role="status">{t('director.recorded')}</span>}
      {earlier.length > 0 && (
        <ul className="decision-list" aria-label={t('director.history')}>
          {earlier.map((one) => (
            <li key={one.commandId}>
              {dayLabel(new Date(one.at).toLocaleDateString('sv-SE', { timeZone }), language)} {one.actor} {t(`director.${one.type}`)}:{' '}
              {one.note} · {t('director.roi')} {words.roi(one.known.roi)}
              {one.known.maturity !== null && ` · ${t('director.maturity', { value: words.part(one.known.maturity) })}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
