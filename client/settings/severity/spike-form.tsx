/** The form of the policy `spike`: when a rise of negative mentions is told. */
import { Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { SpikePolicy } from '../../../shared/incidents/spike-policy.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { BackTest } from '../back-test.tsx';
import { fieldChanges } from '../changes.ts';
import { PolicyForm } from '../policy-form.tsx';

const fields = [
  { field: 'minimum', min: 1, max: 1_000_000, scale: 1 },
  { field: 'negativeShare', min: 0, max: 100, scale: 0.01 },
  { field: 'deviations', min: 1, max: 100, scale: 1 },
  { field: 'chance', min: 0.00001, max: 50, scale: 0.01 },
  { field: 'looks', min: 1, max: 12, scale: 1 },
  { field: 'weeks', min: 2, max: 26, scale: 1 },
] as const;
type NumberField = (typeof fields)[number]['field'];

/** 0.3 is shown as 30, without the dust of binary fractions. */
const tidy = (value: number): number => Number(value.toPrecision(12));

export function SpikeForm(): ReactNode {
  const { t } = useDeskWords();
  const shown = (policy: SpikePolicy, field: NumberField): number =>
    tidy(policy[field] / (fields.find((one) => one.field === field)?.scale ?? 1));
  const yes = (enabled: unknown): string => t(enabled === true ? 'settings.rules.yes' : 'settings.rules.no');
  return (
    <PolicyForm<SpikePolicy>
      name="spike"
      toForm={(policy) => ({ enabled: policy.enabled, ...Object.fromEntries(fields.map(({ field }) => [field, shown(policy, field)])) })}
      toValue={(form, before) => ({
        ...before,
        ...Object.fromEntries(fields.map(({ field, scale }) => [field, tidy(Number(form[field]) * scale)])),
        enabled: form['enabled'] === true,
      })}
      changes={(before, after) =>
        fieldChanges({ ...before }, { ...after }, (field, value) => {
          const known = fields.find((one) => one.field === field);
          return known
            ? { name: t(`alerts.spike.${known.field}`), value: String(tidy(Number(value) / known.scale)) }
            : { name: t('alerts.spike.enabled'), value: yes(value) };
        })
      }
      fieldOf={(path) => /^value\.(\w+)/u.exec(path)?.[1]}
      tried={(value) => <BackTest name="spike" value={value} />}
    >
      <div className="rule-fields">
        <Form.Item name="enabled" label={t('alerts.spike.enabled')}>
          <Select options={[true, false].map((value) => ({ value, label: yes(value) }))} />
        </Form.Item>
        {fields.map(({ field, min, max }) => (
          <Form.Item
            key={field}
            name={field}
            label={t(`alerts.spike.${field}`)}
            rules={[{ required: true, message: t('settings.targets.fault.missing') }]}
          >
            <InputNumber className="wide" min={min} max={max} />
          </Form.Item>
        ))}
      </div>
    </PolicyForm>
  );
}
