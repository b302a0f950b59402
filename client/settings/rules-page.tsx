/** `/settings/rules`: deadlines, thresholds, freshness, and how formulas are read. */
import { Form, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { Section } from '../desk-kit/page-title.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { fieldChanges } from './changes.ts';
import { HolidaysForm } from './holidays-form.tsx';
import { PolicyForm, type FormValues } from './policy-form.tsx';
import { ReadingsForm } from './readings-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Fields of a policy that are one number each, shown in units of `scale`. */
interface NumberPolicy {
  readonly name: 'sla' | 'polarity' | 'freshness';
  readonly fields: readonly {
    readonly field: string;
    readonly scale: number;
    readonly min: number;
    readonly max?: number;
    readonly step?: number;
  }[];
}

function NumberForm({ policy, label }: { readonly policy: NumberPolicy; readonly label: (field: string) => string }): ReactNode {
  const { t } = useDeskWords();
  const { name, fields } = policy;
  const shown = (value: FormValues, { field, scale }: NumberPolicy['fields'][number]): number => Number(value[field]) / scale;
  return (
    <PolicyForm<FormValues>
      name={name}
      toForm={(value) => Object.fromEntries(fields.map((one) => [one.field, shown(value, one)]))}
      toValue={(form, before) => ({
        ...before,
        ...Object.fromEntries(
          fields.map(({ field, scale }) => [field, scale === 1 ? Number(form[field]) : Math.round(Number(form[field]) * scale)]),
        ),
      })}
      changes={(before, after) =>
        fieldChanges(before, Object.fromEntries(fields.map(({ field }) => [field, after[field]])), (field, value) => ({
          name: label(field),
          value: String(Number(value) / (fields.find((one) => one.field === field)?.scale ?? 1)),
        }))
      }
      fieldOf={(path) => /^value\.(\w+)/u.exec(path)?.[1]}
    >
      <div className="rule-fields">
        {fields.map(({ field, min, max, step }) => (
          <Form.Item
            key={field}
            name={field}
            label={label(field)}
            rules={[{ required: true, message: t('settings.targets.fault.missing') }]}
          >
            <InputNumber className="wide" min={min} {...(max === undefined ? {} : { max })} {...(step === undefined ? {} : { step })} />
          </Form.Item>
        ))}
      </div>
    </PolicyForm>
  );
}

function Rules(): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="rule-groups">
      <Section title={t('settings.rules.readings')} note={t('settings.rules.keeps')}>
        <ReadingsForm />
      </Section>
      <Section title={t('settings.rules.polarity')}>
        <NumberForm
          policy={{ name: 'polarity', fields: [{ field: 'threshold', scale: 1, min: 0.01, max: 1, step: 0.05 }] }}
          label={() => t('settings.rules.threshold')}
        />
      </Section>
      <Section title={t('settings.rules.sla')}>
        <NumberForm
          policy={{
            name: 'sla',
            fields: [
              { field: 'responseMs', scale: HOUR_MS, min: 0.01 },
              { field: 'disposalMs', scale: HOUR_MS, min: 0.01 },
            ],
          }}
          label={(field) => t(field === 'responseMs' ? 'settings.rules.responseMs' : 'settings.rules.disposalMs')}
        />
      </Section>
      <Section title={t('settings.rules.freshness')}>
        <NumberForm
          policy={{
            name: 'freshness',
            fields: (['orders', 'mentions', 'leads', 'spend', 'competitors'] as const).map((field) => ({
              field,
              scale: MINUTE_MS,
              min: 0.1,
            })),
          }}
          label={(field) => t(`settings.rules.${streamField(field)}`)}
        />
      </Section>
      <Section title={t('settings.holidays.title')} note={t('settings.holidays.note')}>
        <HolidaysForm />
      </Section>
    </div>
  );
}

const streamFields = ['orders', 'mentions', 'leads', 'spend', 'competitors'] as const;
const streamField = (field: string): (typeof streamFields)[number] => streamFields.find((one) => one === field) ?? 'orders';

export function RulesPage(): ReactNode {
  return (
    <SettingsFrame page="rules">
      <Rules />
    </SettingsFrame>
  );
}
