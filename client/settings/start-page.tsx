/** `/settings`: leads a new workspace through brands, the month's target and the first event, and says what is still missing. */
import { Button } from 'antd';
import { useState } from 'react';
import type { ChangeEvent, ReactNode } from 'react';
import type { Policies, Target } from '../../shared/kpi/targets.ts';
import { CopyButton } from '../desk-kit/copy-button.tsx';
import { Section } from '../desk-kit/page-title.tsx';
import { Answered } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { dayOf } from '../format/instant.ts';
import { periodNameAt } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { sendEvents, type Sent } from './send-events.ts';
import { SettingsFrame } from './settings-frame.tsx';

const REFRESH_MS = 10_000;

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly why: string;
  readonly done: boolean;
  readonly href?: string;
  readonly children?: ReactNode;
}

function Step({ number, title, why, done, href, children }: StepProps): ReactNode {
  const { t } = useDeskWords();
  return (
    <li className="start-step">
      <span className="start-number figure">{number}</span>
      <div>
        <h3>{title}</h3>
        <p>{why}</p>
        {children}
      </div>
      <div>
        <span className={`start-state ${done ? 'done' : 'missing'}`}>{t(done ? 'settings.start.done' : 'settings.start.missing')}</span>{' '}
        {href !== undefined && (
          <Button size="small" type={done ? 'default' : 'primary'} href={href}>
            {t('settings.start.go')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** One order as a command for a terminal; its time is now, so that it shows at once. */
function command(now: number): string {
  const time = new Date(now).toISOString();
  const line = JSON.stringify({
    specversion: '1.0',
    id: 'first-1',
    source: '/first',
    type: 'sales.order.paid',
    time,
    subject: 'first-1',
    data: {
      orderId: 'first-1',
      version: 1,
      buyerId: 'b-1',
      channel: 'shop',
      region: 'east',
      lines: [{ sku: 'sku-1', category: 'first', core: true, quantity: 1, amount: 129_900 }],
    },
  });
  return `curl -sS ${window.location.origin}/api/events -H 'content-type: application/x-ndjson' --data-binary '${line}'`;
}

function FirstEvent(): ReactNode {
  const { t } = useDeskWords();
  const now = useScreen((screen) => Math.floor(screen.now / REFRESH_MS) * REFRESH_MS);
  const [sent, setSent] = useState<Sent | null>(null);
  const text = command(now);
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file) void sendEvents(file).then(setSent);
  };
  return (
    <>
      <p>{t('settings.start.curl')}</p>
      <pre className="command">{text}</pre>
      <div className="import-line">
        <CopyButton text={text} label={t('settings.start.copy')} />
        <span>{t('settings.start.upload')}</span>
        <label className="file-label">
          {t('settings.start.chosen')}
          <input className="file-choice" type="file" accept=".ndjson,.jsonl,.json" onChange={chosen} />
        </label>
      </div>
      {sent && (
        <p role="status" className={sent.outcome === 'ok' ? 'save-outcome' : 'save-failed'}>
          {sent.outcome === 'ok' ? t('settings.start.sent', { ...sent.counts }) : t('settings.start.notSent', { why: sent.why })}
        </p>
      )}
    </>
  );
}

function Start(): ReactNode {
  const { t } = useDeskWords();
  const { timeZone, demo } = useWorkspace();
  const month = useScreen((screen) => periodNameAt('month', dayOf(screen.now, timeZone)));
  const fed = useScreen((screen) => screen.streams.some(({ lastOccurredAt }) => lastOccurredAt !== null));
  const brands = useAsked<{ readonly value: Policies['brands'] }>('/api/policies/brands', { everyMs: REFRESH_MS });
  const targets = useAsked<{ readonly targets: readonly Target[] }>('/api/targets', { everyMs: REFRESH_MS });
  const hasBrands = (brands.value?.value.own.length ?? 0) > 0;
  const hasTarget = (targets.value?.targets ?? []).some((target) => target.kpi === 'net_sales' && target.period === month);
  const setTarget = `/settings/targets?${new URLSearchParams({ kpi: 'net_sales', period: month }).toString()}`;
  return (
    <Section
      title={t('settings.start.title')}
      note={hasBrands && hasTarget && fed ? t('settings.start.allDone') : demo ? t('settings.start.demo') : undefined}
      actions={<Button href="/">{t('settings.start.toWall')}</Button>}
    >
      <Answered asked={brands}>
        {() => (
          <ol className="start-steps">
            <Step
              number={1}
              title={t('settings.start.brands')}
              why={t('settings.start.brandsWhy')}
              done={hasBrands}
              href="/settings/brands"
            />
            <Step number={2} title={t('settings.start.target')} why={t('settings.start.targetWhy')} done={hasTarget} href={setTarget} />
            <Step number={3} title={t('settings.start.event')} why={t('settings.start.eventWhy')} done={fed}>
              {!demo && <FirstEvent />}
            </Step>
          </ol>
        )}
      </Answered>
    </Section>
  );
}

export function StartPage(): ReactNode {
  return (
    <SettingsFrame page="start">
      <Start />
    </SettingsFrame>
  );
}
