/** `/settings/rules`: deadlines, thresholds, freshness, and how formulas are read. */
import { Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { Section } from '../desk-kit/page-title.tsx';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { fieldChanges } from './changes.ts';
import { PolicyForm, type FormValues } from './policy-form.tsx';
import { SettingsFrame } from './settings-frame.tsx';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Fields of a policy that are one number each, shown in units of `scale`. */
interface NumberPolicy {
  readonly name: 'sla' | 'polarity' | 'freshness' | 'readings';
  readonly fields: readonly {
    readonly field: string;
    readonly scale: number;
    readonly min: number;
    readonly max?: number;
    readonly step?: number;
  }[];
  readonly later?: boolean;
}

const flags = ['leadMustBeReachable', 'leadMustBeInArea'] as const;

function NumberForm({
  policy,
  label,
  flag = [],
}: {
  readonly policy: NumberPolicy;
  readonly label: (field: string) => string;
  readonly flag?: readonly string[];
}): ReactNode {
  const { t } = useDeskWords();
  const { name, fields, later } = policy;
  const shown = (value: FormValues, { field, scale }: NumberPolicy['fields'][number]): number => Number(value[field]) / scale;
  const written = (value: unknown, scale: number): string =>
    typeof value === 'boolean' ? t(value ? 'settings.rules.yes' : 'settings.rules.no') : String(Number(value) / scale);
  return (
    <PolicyForm<FormValues>
      name={name}
      later={later ?? false}
      toForm={(value) => ({
        ...Object.fromEntries(fields.map((one) => [one.field, shown(value, one)])),
        ...Object.fromEntries(flag.map((field) => [field, value[field]])),
      })}
      toValue={(form, before) => ({
        ...before,
        ...Object.fromEntries(
          fields.map(({ field, scale }) => [field, scale === 1 ? Number(form[field]) : Math.round(Number(form[field]) * scale)]),
        ),
        ...Object.fromEntries(flag.map((field) => [field, form[field]])),
      })}
      changes={(before, after) =>
        fieldChanges(
          before,
          Object.fromEntries([...fields.map(({ field }) => field), ...flag].map((field) => [field, after[field]])),
          (field, value) => ({
            name: label(field),
            value: written(value, fields.find((one) => one.field === field)?.scale ?? 1),
          }),
        )
      }
      fieldOf={(path) => /^value\.(\w+)/u.exec(path)?.[1] ?? (path === 'effectiveFrom' ? 'since' : undefined)}
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
        {flag.map((field) => (
          <Form.Item key={field} name={field} label={label(field)}>
            <Select
              options={[
                { value: true, label: t('settings.rules.yes') },
                { value: false, label: t('settings.rules.no') },
              ]}
            />
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
        <NumberForm
          policy={{
            name: 'readings',
            later: true,
            fields: [
              { field: 'conversionDays', scale: 1, min: 1, max: 3_650 },
              { field: 'leadDuplicateDays', scale: 1, min: 0, max: 3_650 },
              { field: 'lateHours', scale: 1, min: 0, max: 720 },
              { field: 'spreadConversionDays', scale: 1, min: 1, max: 3_650 },
              { field: 'wordOfMouthDays', scale: 1, min: 1, max: 3_650 },
              { field: 'refundLagDays', scale: 1, min: 1, max: 3_650 },
            ],
          }}
          flag={flags}
          label={(field) => t(`settings.rules.${readingField(field)}`)}
        />
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
    </div>
  );
}

const readingFields = [
  'conversionDays',
  'leadDuplicateDays',
  'lateHours',
  'spreadConversionDays',
  'wordOfMouthDays',
  'refundLagDays',
  ...flags,
] as const;
const readingField = (field: string): (typeof readingFields)[number] => readingFields.find((one) => one === field) ?? 'conversionDays';
const streamFields = ['orders', 'mentions', 'leads', 'spend', 'competitors'] as const;
const streamField = (field: string): (typeof streamFields)[number] => streamFields.find((one) => one === field) ?? 'orders';

export function RulesPage(): ReactNode {
  return (
    <SettingsFrame page="rules">
      <Rules />
    </SettingsFrame>
  );
}
