/** Sets one target, in two steps: a dry run says what would change, then it is saved. */
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Target } from '../../shared/kpi/targets.ts';
import type { KpiDimension } from '../../shared/kpi/types.ts';
import { useActor } from '../desk-kit/actor.ts';
import { useFaultWords } from '../desk-kit/states.tsx';
import { shapeOf } from '../format/kpi.ts';
import { grainOf, periodDays } from '../format/period.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../state/screen-context.tsx';
import { useMoney } from '../ui/money.tsx';
import { ChangeList } from './change-list.tsx';
import type { Change } from './changes.ts';
import { fieldOfPath, putTargets, tryTargets, type TargetChange } from './put-targets.ts';
import { targetValue, unusual, type Field } from './read-targets.ts';
import { useTargetWords } from './target-words.ts';
import { useKnownKpis } from './use-known-kpis.ts';
import { SaveOutcome } from './save-outcome.tsx';
import { sinceOf, WhoFields, type Who } from './who-fields.tsx';

export interface TargetDraft extends Who {
  readonly kpi: string;
  readonly period: string;
  readonly dimension?: KpiDimension;
  readonly cell?: string;
  readonly value: string;
}
type Step =
  | { readonly at: 'form' | 'saved' }
  | {
      readonly at: 'preview';
      readonly target: Target;
      readonly changes: readonly Change[];
      readonly tried: readonly TargetChange[];
      readonly odd: boolean;
      readonly restate: boolean;
    };

/** The name of the form's field that shows a field of a target. */
const shownAt = (field: Field | null): keyof TargetDraft =>
  field === null
    ? 'value'
    : field === 'kpi' || field === 'period' || field === 'value' || field === 'owner' || field === 'reason' || field === 'since'
      ? field
      : 'cell';

interface TargetFormProps {
  readonly first: Partial<TargetDraft>;
  readonly standing: readonly Target[];
  readonly onDone: () => void;
}

export function TargetForm({ first, standing, onDone }: TargetFormProps): ReactNode {
  const { t, coded } = useDeskWords();
  const { currency } = useWorkspace();
  const money = useMoney();
  const faultWords = useFaultWords();
  const words = useTargetWords();
  const { list, of, name } = useKnownKpis();
  const [actor, setActor] = useActor();
  const [form] = Form.useForm<TargetDraft>();
  const [step, setStep] = useState<Step>({ at: 'form' });
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const kpi = of(Form.useWatch('kpi', form) ?? first.kpi ?? 'net_sales');
  const dimension = Form.useWatch('dimension', form);
  const unit = kpi ? t(`settings.targets.unit.${shapeOf(kpi.id, kpi.unit)}`, { currency }) : '';

  const fail = (field: keyof TargetDraft, error: string): void => form.setFields([{ name: field, errors: [error] }]);

  /** The target of the form; undefined when a field is at fault, which then says so. */
  const targetOf = (draft: TargetDraft): Target | undefined => {
    const grain = grainOf(draft.period.trim());
    if (!kpi || grain === undefined || !periodDays(draft.period.trim())) {
      fail('period', t('settings.targets.periodWrong'));
      return undefined;
    }
    const value = targetValue(kpi, draft.value.normalize('NFKC').trim(), money.minor);
    if (typeof value === 'string') {
      fail('value', t(`settings.targets.fault.${value}`, { text: draft.value }));
      return undefined;
    }
    return {
      kpi: kpi.id,
      grain,
      period: draft.period.trim(),
      ...(draft.dimension && draft.cell?.trim() ? { dimension: { [draft.dimension]: draft.cell.trim() } } : {}),
      value,
      owner: draft.owner.trim(),
      reason: draft.reason.trim(),
      ...sinceOf(draft.since),
    };
  };

  /** Saves what a dry run has tried; without one it makes the dry run. */
  const send = async (target: Target, restate: boolean, tried?: readonly TargetChange[]): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const answer = await (tried ? putTargets([target], tried, restate) : tryTargets([target], restate));
    setBusy(false);
    if (answer.outcome !== 'ok') {
      const said = faultWords(answer);
      const at = answer.outcome === 'unreachable' || answer.problem.path === undefined ? undefined : fieldOfPath(answer.problem.path);
      setStep({ at: 'form' });
      setRefused(said);
      if (at) fail(shownAt(at.field), said);
      return;
    }
    if (tried) {
      setActor(target.owner);
      setStep({ at: 'saved' });
      onDone();
      return;
    }
    const changes = answer.value.changes.flatMap(({ change, previousValue }): readonly Change[] => {
      const what = `${name(target.kpi)} ${target.period} ${words.cell(target)}`;
      const after = words.value(target.kpi, target.value);
      if (change === 'unchanged') return [];
      return previousValue === null
        ? [{ kind: 'added', what: `${what} ${after}` }]
        : [{ kind: change === 'not_in_force' ? 'overruled' : 'changed', what, before: words.value(target.kpi, previousValue), after }];
    });
    setSure(false);
    setStep({ at: 'preview', target, changes, tried: answer.value.changes, odd: unusual([target], standing).length > 0, restate });
  };

  const required = { required: true, whitespace: true, message: t('settings.targets.fault.missing') };
  return (
    <Form<TargetDraft>
      form={form}
      layout="vertical"
      className="settings-form"
      requiredMark={false}
      initialValues={{ kpi: 'net_sales', value: '', owner: actor, reason: '', ...first }}
      onValuesChange={() => step.at !== 'form' && setStep({ at: 'form' })}
      onFinish={(draft) => {
        const target = targetOf(draft);
        if (target) void send(target, draft.restate ?? false);
      }}
    >
      <div className="rule-fields">
        <Form.Item name="kpi" label={t('settings.targets.kpi')}>
          <Select showSearch optionFilterProp="label" options={list.map(({ id, name: label }) => ({ value: id, label }))} />
        </Form.Item>
        <Form.Item name="period" label={t('settings.targets.period')} extra={t('settings.targets.periodHint')} rules={[required]}>
          <Input maxLength={10} />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('settings.targets.value')}
          extra={t('settings.targets.valueUnit', { unit })}
          rules={[{ ...required, message: t('settings.targets.valueMissing') }]}
        >
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="dimension" label={t('settings.targets.dimension')}>
          <Select
            allowClear
            placeholder={t('settings.targets.whole')}
            options={(kpi?.dimensions ?? []).map((dim) => ({ value: dim, label: coded('dimension', dim) }))}
          />
        </Form.Item>
        {dimension !== undefined && (
          <Form.Item name="cell" label={t('settings.targets.dimensionValue')} rules={[required]}>
            <Input maxLength={200} />
          </Form.Item>
        )}
      </div>
      <WhoFields later />
      {step.at === 'preview' ? (
        <>
          <ChangeList changes={step.changes} restates={step.restate} />
          {step.odd && (
            <p>
              <span className="save-failed">{t('settings.targets.unusual', { count: 1 })}</span>{' '}
              <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
                {t('settings.targets.unusualConfirm')}
              </Checkbox>
            </p>
          )}
          <div className="save-actions">
            <Button
              type="primary"
              loading={busy}
              disabled={step.odd && !sure}
              onClick={() => void send(step.target, step.restate, step.tried)}
            >
              {t('settings.save')}
            </Button>
            <Button onClick={() => setStep({ at: 'form' })}>{t('settings.back')}</Button>
          </div>
        </>
      ) : (
        <div className="save-actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('settings.preview')}
          </Button>
        </div>
      )}
      <SaveOutcome saved={step.at === 'saved'} refused={refused} />
    </Form>
  );
}
