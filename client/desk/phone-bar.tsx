/** On a phone the next act stands at the bottom of the screen, within reach of the thumb. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { ResultLine } from './act-panel.tsx';
import { NextCall } from './next-call.tsx';
import type { Story } from './story-fields.ts';
import type { Acts } from './use-acts.ts';

export interface PhoneBarProps {
  readonly detail: IncidentDetail;
  readonly actor: string;
  readonly acts: Acts;
  readonly onSend: () => void;
}

export function PhoneBar({ detail, actor, acts, onSend }: PhoneBarProps): ReactNode {
  const { t } = useDeskWords();
  const story: Story = detail;
  const mine = story.owner === actor.trim();
  const others = story.status === 'claimed' && !mine;
  return (
    <div className="phone-bar">
      <ResultLine result={acts.result} missing={acts.missing} focus={false} />
      <NextCall story={story}>{(words) => <p className="small">{words}</p>}</NextCall>
      {acts.can('claim') && (
        <Button type="primary" size="large" block loading={acts.busy} onClick={acts.claim} data-act="claim">
          {t('pr.claim')}
        </Button>
      )}
      {others && (
        <Button type="primary" size="large" block loading={acts.busy} onClick={acts.takeOver}>
          {t('pr.takeOver')}
        </Button>
      )}
      {story.status === 'claimed' && mine && (
        <Button type="primary" size="large" block loading={acts.busy} onClick={onSend} data-act="send">
          {t('pr.respond')}
        </Button>
      )}
      {acts.can('resolve') && (
        <Button type="primary" size="large" block loading={acts.busy} onClick={acts.resolve}>
          {t('pr.resolve')}
        </Button>
      )}
      {acts.can('reopen') && (
        <Button size="large" block onClick={() => acts.ask('reopen')}>
          {t('pr.reopen')}
        </Button>
      )}
      {acts.can('hand_over') && (
        <div className="phone-pair">
          <Button size="large" onClick={() => acts.ask('hand_over')}>
            {t('pr.handOver')}
          </Button>
          <Button size="large" onClick={() => acts.ask('false_alarm')}>
            {t('pr.falseAlarm')}
          </Button>
        </div>
      )}
    </div>
  );
}
