/** Money on fire: live campaigns that push the product of the story, and a recorded request to pause one. */
import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ExposedCampaign, IncidentExposure } from '../../shared/incidents/exposure.ts';
import type { CampaignDecision, DecisionDocument } from '../../shared/kpi/campaigns.ts';
import { Answered, useFaultWords } from '../desk-kit/states.tsx';
import { useAsked, type Asked } from '../desk-kit/use-asked.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { useMoney } from '../ui/money.tsx';
import { ask } from '../wire/ask.ts';
import { newCommandId } from '../wire/command-id.ts';
import { incidentPath } from './api.ts';
import type { Story } from './story-fields.ts';
import { useStoryTitle } from '../ui/story-title.tsx';

const REFRESH_MS = 30_000;
const MINUTE_MS = 60_000;

export function useExposure(story: Story): Asked<IncidentExposure> {
  return useAsked<IncidentExposure>(`${incidentPath(story.id)}/exposure`, { everyMs: REFRESH_MS });
}

export interface ExposureProps {
  readonly story: Story;
  readonly asked: Asked<IncidentExposure>;
  readonly actor: string;
  readonly onActorMissing: () => void;
}

interface LineProps extends Omit<ExposureProps, 'asked'> {
  readonly campaign: ExposedCampaign;
  readonly again: () => void;
}

function Line({ campaign, story, actor, onActorMissing, again }: LineProps): ReactNode {
  const { t, coded } = useDeskWords();
  const storyTitle = useStoryTitle();
  const moment = useMoment();
  const cash = useCash();
  const faultWords = useFaultWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const commandId = useRef(newCommandId());
  const request = async (): Promise<void> => {
    if (actor.trim() === '') {
      onActorMissing();
      return;
    }
    setBusy(true);
    const document: DecisionDocument = {
      commandId: commandId.current,
      type: 'stop',
      note: t('pr.pauseNote', { code: story.code, title: isolated(storyTitle(story.title)) }),
      actor: actor.trim(),
      confirmed: true,
    };
    const answer = await ask<CampaignDecision>(`/api/campaigns/${encodeURIComponent(campaign.campaignId)}/decisions`, { body: document });
    setBusy(false);
    setFault(answer.outcome === 'ok' ? null : faultWords(answer));
    if (answer.outcome !== 'ok') return;
    commandId.current = newCommandId();
    again();
  };
  const day =
    campaign.phaseDay === null || campaign.phaseDays === null ? '' : t('pr.phaseDay', { day: campaign.phaseDay, days: campaign.phaseDays });
  return (
    <li className="exposed">
      <div>
        <a href={`/campaigns/${encodeURIComponent(campaign.campaignId)}`}>{isolated(campaign.name)}</a>
        <p className="small">
          {[`${coded('campaignPhase', campaign.phase)} ${day}`.trim(), isolated(campaign.owner)].filter(Boolean).join(' · ')}
          {campaign.suggestion && (
            <> · {t('pr.pauseAsked', { actor: isolated(campaign.suggestion.actor), time: moment(campaign.suggestion.at) })}</>
          )}
        </p>
        {fault !== null && (
          <p className="field-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      <span>
        {campaign.perMinute === null ? (
          '—'
        ) : (
          <>
            <strong className="figure">{cash(campaign.perMinute)}</strong>
            {t('pr.aMinute')}
          </>
        )}
      </span>
      <Button size="small" loading={busy} disabled={campaign.suggestion !== null} onClick={() => void request()}>
        {t(campaign.suggestion === null ? 'pr.pauseAsk' : 'pr.pauseDone')}
      </Button>
    </li>
  );
}

/** Amounts with the sign of the currency: ¥78. */
function useCash(): (minor: number) => string {
  const { language } = useDeskWords();
  const { currency } = useWorkspace();
  const money = useMoney();
  const sign = useMemo(
    () =>
      new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
        .formatToParts(0)
        .find(({ type }) => type === 'currency')?.value ?? '',
    [language, currency],
  );
  return (minor) => sign + money.text(minor);
}

/** What will still be spent until the deadline, counted down with the clock. */
export function useStillSpent(exposure: IncidentExposure | null): number | null {
  const left = useScreen((screen) =>
    exposure?.dueAt === undefined || exposure.dueAt === null ? null : Math.max(0, Math.ceil((exposure.dueAt - screen.now) / MINUTE_MS)),
  );
  const rate = exposure?.perMinute ?? null;
  return left === null || rate === null ? null : left * rate;
}

export function Exposure({ story, asked, actor, onActorMissing }: ExposureProps): ReactNode {
  const { t } = useDeskWords();
  const cash = useCash();
  const still = useStillSpent(asked.value);
  const { value } = asked;
  const rate = value?.perMinute ?? null;
  if (value !== null && value.campaigns.length === 0) {
    return (
      <section className="part pr-exposure">
        <header className="part-head">
          <h2>{t('pr.exposure')}</h2>
        </header>
        <p className="small">{value.sku === null ? t('pr.exposureNoProduct') : t('pr.exposureNone', { sku: isolated(value.sku) })}</p>
      </section>
    );
  }
  if (value === null && asked.fault !== null) return null;
  return (
    <section className="part pr-exposure">
      <header className="part-head">
        <h2>{t('pr.exposure')}</h2>
        {rate !== null && <span className="fire-rate part-tools">{t('pr.perMinute', { money: cash(rate) })}</span>}
      </header>
      <Answered asked={asked} rows={3}>
        {({ campaigns, sku, revenueAtRisk }) => (
          <>
            <ul>
              {campaigns.map((campaign) => (
                <Line
                  key={campaign.campaignId}
                  campaign={campaign}
                  story={story}
                  actor={actor}
                  onActorMissing={onActorMissing}
                  again={asked.again}
                />
              ))}
            </ul>
            {still !== null && <p className="still-spent">{t('pr.stillSpent', { money: cash(still) })}</p>}
            <p className="small">
              {[
                sku !== null && t('pr.exposureSku', { sku: isolated(sku) }),
                revenueAtRisk !== null && t('pr.atRisk', { money: cash(revenueAtRisk) }),
                t(campaigns.some(({ basis }) => basis === 'spend') ? 'pr.basisSpend' : 'pr.basisBudget'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </>
        )}
      </Answered>
    </section>
  );
}
