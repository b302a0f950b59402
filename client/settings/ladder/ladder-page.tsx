/** `/settings/ladder`: who is called when, as long as a story is not taken care of. */
import { Button, Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Ladder, LadderStep, RosterRole, StepCondition } from '../../../shared/incidents/ladder.ts';
import { Section } from '../../desk-kit/page-title.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { BackTest } from '../back-test.tsx';
import { listChanges } from '../changes.ts';
import { PolicyForm, type FormValues } from '../policy-form.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { MINUTE_MS, useStepWords } from './step-words.ts';
import { TimeLine } from './time-line.tsx';

const roles = ['duty', 'backup', 'lead', 'director'] as const satisfies readonly RosterRole[];
const conditions = ['always', 'unclaimed', 'unanswered', 'breached'] as const satisfies readonly StepCondition[];
const MOST_STEPS = 20;

interface StepFields {
  readonly after?: number | null;
  readonly when?: StepCondition;
  readonly to?: RosterRole[];
}

/** In the order they fire in, whatever order they were written in. */
function stepsOf(form: FormValues): readonly LadderStep[] {
  const rows: readonly (StepFields | undefined)[] = Array.isArray(form['steps']) ? form['steps'] : [];
  return rows
    .filter((row) => row !== undefined)
    .map(({ after, when, to }) => ({ afterMs: Math.round((after ?? 0) * MINUTE_MS), when: when ?? 'always', to: to ?? [] }))
    .toSorted((a, b) => a.afterMs - b.afterMs);
}

function Steps(): ReactNode {
  const { t } = useDeskWords();
  return (
    <Form.List name="steps">
      {(fields, { add, remove }) => (
        <div className="step-rows">
          {fields.map(({ key, name }) => (
            <div key={key} className="step-row">
              <Form.Item
                name={[name, 'after']}
                label={t('alerts.ladder.minutes')}
                rules={[{ required: true, message: t('settings.targets.fault.missing') }]}
              >
                <InputNumber min={0} max={43_200} className="wide" />
              </Form.Item>
              <Form.Item name={[name, 'when']} label={t('alerts.ladder.when')}>
                <Select options={conditions.map((value) => ({ value, label: t(`alerts.ladder.condition.${value}`) }))} />
              </Form.Item>
              <Form.Item
                name={[name, 'to']}
                label={t('alerts.ladder.to')}
                rules={[{ required: true, message: t('settings.targets.fault.missing') }]}
              >
                <Select mode="multiple" options={roles.map((value) => ({ value, label: t(`alerts.role.${value}`) }))} />
              </Form.Item>
              <Button onClick={() => remove(name)} disabled={fields.length === 1}>
                {t('alerts.remove')}
              </Button>
            </div>
          ))}
          <Button disabled={fields.length >= MOST_STEPS} onClick={() => add({ after: null, when: 'unanswered', to: [] })}>
            {t('alerts.ladder.add')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

function LadderForm(): ReactNode {
  const { t } = useDeskWords();
  const words = useStepWords();
  return (
    <Section title={t('alerts.ladder.title')} note={t('alerts.ladder.note')}>
      <PolicyForm<Ladder>
        name="ladder"
        toForm={({ steps }) => ({ steps: steps.map(({ afterMs, when, to }) => ({ after: afterMs / MINUTE_MS, when, to: [...to] })) })}
        toValue={(form) => ({ steps: [...stepsOf(form)] })}
        changes={(before, after) => listChanges(before.steps.map(words.step), after.steps.map(words.step), (step) => step)}
        fieldOf={(path) => {
          const found = /^value\.steps\[(\d+)\](?:\.(\w+))?/u.exec(path);
          return found ? ['steps', Number(found[1]), found[2] === 'when' || found[2] === 'to' ? found[2] : 'after'] : undefined;
        }}
        beside={(draft) => <TimeLine ladder={draft} />}
        tried={(value) => <BackTest name="ladder" value={value} />}
      >
        <Steps />
      </PolicyForm>
    </Section>
  );
}

export function LadderPage(): ReactNode {
  return (
    <SettingsFrame page="ladder">
      <LadderForm />
    </SettingsFrame>
  );
}
