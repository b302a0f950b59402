/** The fields of the policy `severity`. */
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { grades } from '../../../shared/incidents/grades.ts';
import { topics } from '../../../shared/incidents/topics.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { ScaleFields } from './scale-fields.tsx';

const MOST_PLATFORMS = 200;

function Points({ name, label }: { readonly name: string | string[]; readonly label: string }): ReactNode {
  const { t } = useDeskWords();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('settings.targets.fault.missing') }]}>
      <InputNumber className="wide" min={0} max={1_000} />
    </Form.Item>
  );
}

function Platforms(): ReactNode {
  const { t } = useDeskWords();
  const required = { required: true, message: t('settings.targets.fault.missing') };
  return (
    <fieldset className="scale">
      <legend>{t('alerts.severity.platforms')}</legend>
      <Form.List name={['source', 'platforms']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, i) => (
              <div key={key} className="scale-row">
                <Form.Item
                  name={[name, 'platform']}
                  label={i === 0 ? t('alerts.severity.platform') : ''}
                  rules={[{ ...required, whitespace: true }]}
                >
                  <Input maxLength={80} aria-label={`${t('alerts.severity.platform')} ${String(i + 1)}`} />
                </Form.Item>
                <Form.Item name={[name, 'points']} label={i === 0 ? t('alerts.severity.points') : ''} rules={[required]}>
                  <InputNumber
                    min={0}
                    max={1_000}
                    className="wide"
                    aria-label={`${t('alerts.severity.platform')} ${String(i + 1)} ${t('alerts.severity.points')}`}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)} aria-label={`${t('alerts.remove')} ${t('alerts.severity.platform')} ${String(i + 1)}`}>
                  {t('alerts.remove')}
                </Button>
              </div>
            ))}
            <Button disabled={fields.length >= MOST_PLATFORMS} onClick={() => add({ platform: '', points: null })}>
              {t('alerts.severity.addPlatform')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

export function SeverityFields(): ReactNode {
  const { t } = useDeskWords();
  const { t: say } = useWords();
  const gradeOptions = grades.map((value) => ({ value, label: say(`severity.grade.${value}`) }));
  return (
    <>
      <h3>{t('alerts.severity.thresholds')}</h3>
      <div className="rule-fields small">
        {(['yellow', 'orange', 'red'] as const).map((grade) => (
          <Points key={grade} name={['thresholds', grade]} label={t('alerts.severity.from', { grade: say(`severity.grade.${grade}`) })} />
        ))}
      </div>
      <h3>{t('alerts.severity.topics')}</h3>
      <div className="rule-fields small">
        {topics.map((topic) => (
          <div key={topic} className="topic-fields">
            <Points name={['topic', topic]} label={`${say(`severity.topic.${topic}`)} · ${t('alerts.severity.points')}`} />
            <Form.Item name={['floors', topic]} label={`${say(`severity.topic.${topic}`)} · ${t('alerts.severity.floor')}`}>
              <Select options={topic === 'safety' ? gradeOptions.slice(2) : gradeOptions} />
            </Form.Item>
          </div>
        ))}
      </div>
      <div className="scales">
        <ScaleFields name="reach" title={say('severity.part.reach')} unit={t('alerts.severity.reach')} />
        <ScaleFields name="speed" title={say('severity.part.speed')} unit={t('alerts.severity.busiestHour')} />
        <ScaleFields name="strength" title={say('severity.part.strength')} unit={t('alerts.severity.strongWords')} />
        <Platforms />
      </div>
      <div className="rule-fields small">
        <Points name={['source', 'others']} label={t('alerts.severity.otherPlatforms')} />
        <Points name="spikePoints" label={t('alerts.severity.spikePoints')} />
        <Points name="overrideEndsAfterPoints" label={t('alerts.severity.overrideEnds')} />
      </div>
    </>
  );
}
