/** A scale: from so much on, so many points. */
import { Button, Form, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';

const MOST_STEPS = 20;

export function ScaleFields({
  name,
  title,
  unit,
}: {
  readonly name: 'reach' | 'speed' | 'strength';
  readonly title: string;
  readonly unit: string;
}): ReactNode {
  const { t } = useDeskWords();
  const required = { required: true, message: t('settings.targets.fault.missing') };
  return (
    <fieldset className="scale">
      <legend>{title}</legend>
      <Form.List name={name}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name: at }, i) => (
              <div key={key} className="scale-row">
                <Form.Item name={[at, 'from']} label={i === 0 ? unit : ''} rules={[required]}>
                  <InputNumber min={0} max={1e15} className="wide" aria-label={`${title} ${String(i + 1)} ${unit}`} />
                </Form.Item>
                <Form.Item name={[at, 'points']} label={i === 0 ? t('alerts.severity.points') : ''} rules={[required]}>
                  <InputNumber
                    min={0}
                    max={1_000}
                    className="wide"
                    aria-label={`${title} ${String(i + 1)} ${t('alerts.severity.points')}`}
                  />
                </Form.Item>
                <Button onClick={() => remove(at)} aria-label={`${t('alerts.remove')} ${title} ${String(i + 1)}`}>
                  {t('alerts.remove')}
                </Button>
              </div>
            ))}
            <Button disabled={fields.length >= MOST_STEPS} onClick={() => add({ from: null, points: null })}>
              {t('alerts.severity.addStep')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
