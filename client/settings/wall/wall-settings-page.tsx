/** `/settings/wall`: what walls show in turn and for how long, the stand-up, quiet hours, sound and brightness. */
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { sceneIds } from '../../../shared/screens/scenes.ts';
import type { WallPolicy } from '../../../shared/screens/wall-policy.ts';
import { Section } from '../../desk-kit/page-title.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWords } from '../../i18n/use-words.ts';
import { PolicyForm } from '../policy-form.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { useDayWords } from './day-words.ts';
import { RoundPreview } from './round-preview.tsx';
import { fieldOfPath, fieldsOf, policyOf, weekdays } from './wall-draft.ts';
import './wall.css';

function Turns(): ReactNode {
  const { t } = useDeskWords();
  const { t: wallWords } = useWords();
  const options = sceneIds.map((value) => ({ value, label: wallWords(`scene.${value}`) }));
  const required = [{ required: true, message: t('settings.targets.fault.missing') }];
  return (
    <Form.List name="rotation">
      {(rows, { add, remove, move }) => (
        <div className="turn-rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="turn-row">
              <Form.Item name={[name, 'scene']} label={t('wallSettings.scene')} rules={required}>
                <Select options={options} />
              </Form.Item>
              <Form.Item name={[name, 'seconds']} label={t('wallSettings.seconds')} rules={required}>
                <InputNumber min={5} max={600} className="wide" />
              </Form.Item>
              <Button onClick={() => move(name, name - 1)} disabled={name === 0}>
                {t('wallSettings.up')}
              </Button>
              <Button onClick={() => move(name, name + 1)} disabled={name === rows.length - 1}>
                {t('wallSettings.down')}
              </Button>
              <Button onClick={() => remove(name)} disabled={rows.length === 1}>
                {t('wallSettings.remove')}
              </Button>
            </div>
          ))}
          <Form.Item shouldUpdate noStyle>
            {({ getFieldValue }) => {
              const used: unknown = getFieldValue('rotation');
              const chosen = Array.isArray(used) ? used.map((turn: { scene?: string } | undefined) => turn?.scene) : [];
              const next = sceneIds.find((id) => !chosen.includes(id));
              return (
                <Button disabled={next === undefined} onClick={() => add({ scene: next, seconds: 30 })}>
                  {t('wallSettings.add')}
                </Button>
              );
            }}
          </Form.Item>
        </div>
      )}
    </Form.List>
  );
}

const times = { quiet: ['quietFrom', 'quietTo'], dim: ['dimFrom', 'dimTo'] } as const;

function WallForm(): ReactNode {
  const { t } = useDeskWords();
  const days = useDayWords();
  const either = [true, false].map((value) => ({ value, label: t(value ? 'wallSettings.yes' : 'wallSettings.no') }));
  return (
    <Section title={t('wallSettings.title')} note={t('wallSettings.note')}>
      <PolicyForm<WallPolicy>
        name="wall"
        toForm={fieldsOf}
        toValue={policyOf}
        changes={days.changes}
        fieldOf={fieldOfPath}
        beside={(draft) => <RoundPreview draft={draft} />}
      >
        <Turns />
        <div className="rule-fields">
          <Form.Item name="standup" label={t('wallSettings.standup')}>
            <Select options={either} />
          </Form.Item>
          <Form.Item name="standupAt" label={t('wallSettings.standupAt')}>
            <Input type="time" />
          </Form.Item>
          <Form.Item name="standupDays" label={t('wallSettings.standupDays')}>
            <Select mode="multiple" options={weekdays.map((value) => ({ value, label: t(`wallSettings.day.${value}`) }))} />
          </Form.Item>
          <Form.Item name="standupMinutes" label={t('wallSettings.standupMinutes')}>
            <InputNumber min={1} max={240} className="wide" />
          </Form.Item>
          {times.quiet.map((name) => (
            <Form.Item key={name} name={name} label={t(`wallSettings.${name}`)} extra={t('wallSettings.quietHint')}>
              <Input type="time" />
            </Form.Item>
          ))}
          {(['sound', 'speech'] as const).map((name) => (
            <Form.Item key={name} name={name} label={t(`wallSettings.${name}`)}>
              <Select options={either} />
            </Form.Item>
          ))}
          {times.dim.map((name) => (
            <Form.Item key={name} name={name} label={t(`wallSettings.${name}`)}>
              <Input type="time" />
            </Form.Item>
          ))}
          <Form.Item name="dimLevel" label={t('wallSettings.dimLevel')}>
            <InputNumber min={20} max={100} className="wide" />
          </Form.Item>
          <Form.Item name="paintBudget" label={t('wallSettings.paintBudget')}>
            <InputNumber min={5} max={3_600} className="wide" />
          </Form.Item>
        </div>
      </PolicyForm>
    </Section>
  );
}

export function WallSettingsPage(): ReactNode {
  return (
    <SettingsFrame page="wall">
      <WallForm />
    </SettingsFrame>
  );
}
