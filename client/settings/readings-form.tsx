/** The form of the policy `readings`: windows, what makes a lead valid, kinds of spend, and the weights of spread and brand health. */
import { Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Readings } from '../../shared/kpi/readings.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import type { Change } from './changes.ts';
import { PolicyForm } from './policy-form.tsx';

const numbers = [
  { field: 'conversionDays', min: 1, max: 3_650 },
  { field: 'leadDuplicateDays', min: 0, max: 3_650 },
  { field: 'lateHours', min: 0, max: 720 },
  { field: 'spreadConversionDays', min: 1, max: 3_650 },
  { field: 'wordOfMouthDays', min: 1, max: 3_650 },
  { field: 'refundLagDays', min: 1, max: 3_650 },
] as const;
const flags = ['leadMustBeReachable', 'leadMustBeInArea'] as const;
const healthParts = [
  'netSentiment',
  'shareOfVoice',
  'voiceTrend',
  'slaCompliance',
  'wordOfMouth',
] as const satisfies readonly (keyof Readings['brandHealth'])[];
const weights = ['reads', 'likes', 'shares'] as const satisfies readonly (keyof Readings['spreadWeights'])[];
const spendKinds = [
  'media',
  'production',
  'agency',
  'kol',
  'gift',
  'event',
  'training',
  'labour',
] as const satisfies readonly Readings['cacExcludedKinds'][number][];

/** The fields are named and nested as the policy is, so that a path of the server names one of them. */
function namePath(path: string): string[] | undefined {
  if (path === 'effectiveFrom') return ['since'];
  const [first, ...rest] = path.split(/[.[\]]+/u).filter(Boolean);
  return first === 'value' ? rest.filter((part) => !/^\d+$/u.test(part)) : undefined;
}

export function ReadingsForm(): ReactNode {
  const { t } = useDeskWords();
  const yes = (value: boolean): string => t(value ? 'settings.rules.yes' : 'settings.rules.no');
  const required = { required: true, message: t('settings.targets.fault.missing') };
  /** Every field with its name and its value in words. */
  const told = (policy: Readings): readonly (readonly [string, string])[] => [
    ...numbers.map(({ field }) => [t(`settings.rules.${field}`), String(policy[field])] as const),
    ...flags.map((field) => [t(`settings.rules.${field}`), yes(policy[field])] as const),
    ...weights.map((field) => [t(`settings.rules.weight.${field}`), String(policy.spreadWeights[field])] as const),
    ...healthParts.flatMap((part) =>
      (['weight', 'floor', 'goal'] as const).map(
        (end) =>
          [
            `${t(`settings.rules.health.${part}`)} · ${t(`settings.rules.healthEnd.${end}`)}`,
            String(policy.brandHealth[part][end]),
          ] as const,
      ),
    ),
    [
      t('settings.rules.cacExcludedKinds'),
      policy.cacExcludedKinds.map((kind) => t(`settings.rules.spendKind.${kind}`)).join(t('alerts.list')) || t('kit.none'),
    ],
  ];
  return (
    <PolicyForm<Readings>
      name="readings"
      later
      toForm={(policy) => ({ ...policy })}
      toValue={(form, before) => ({ ...before, ...Object.fromEntries(Object.keys(before).map((key) => [key, form[key]])) })}
      changes={(before, after) => {
        const earlier = told(before);
        return told(after).flatMap(([what, value], i): readonly Change[] => {
          const was = earlier[i]?.[1] ?? '';
          return was === value ? [] : [{ kind: 'changed', what, before: was, after: value }];
        });
      }}
      fieldOf={namePath}
    >
      <div className="rule-fields">
        {numbers.map(({ field, min, max }) => (
          <Form.Item key={field} name={field} label={t(`settings.rules.${field}`)} rules={[required]}>
            <InputNumber className="wide" min={min} max={max} />
          </Form.Item>
        ))}
        {flags.map((field) => (
          <Form.Item key={field} name={field} label={t(`settings.rules.${field}`)}>
            <Select options={[true, false].map((value) => ({ value, label: yes(value) }))} />
          </Form.Item>
        ))}
        <Form.Item name="cacExcludedKinds" label={t('settings.rules.cacExcludedKinds')}>
          <Select mode="multiple" options={spendKinds.map((value) => ({ value, label: t(`settings.rules.spendKind.${value}`) }))} />
        </Form.Item>
      </div>
      <h3>{t('settings.rules.spreadWeights')}</h3>
      <div className="rule-fields small">
        {weights.map((field) => (
          <Form.Item key={field} name={['spreadWeights', field]} label={t(`settings.rules.weight.${field}`)} rules={[required]}>
            <InputNumber className="wide" min={0} max={1_000} />
          </Form.Item>
        ))}
      </div>
      <h3>{t('settings.rules.brandHealth')}</h3>
      <p className="page-note">{t('settings.rules.brandHealthNote')}</p>
      {healthParts.map((part) => (
        <div key={part} className="rule-fields small">
          {(['weight', 'floor', 'goal'] as const).map((end) => (
            <Form.Item
              key={end}
              name={['brandHealth', part, end]}
              label={`${t(`settings.rules.health.${part}`)} · ${t(`settings.rules.healthEnd.${end}`)}`}
              rules={[required]}
            >
              <InputNumber className="wide" {...(end === 'weight' ? { min: 0, max: 1_000 } : { step: 0.05 })} />
            </Form.Item>
          ))}
        </div>
      ))}
    </PolicyForm>
  );
}
