/** Puts a person on a shift, once or on several days in a row. Times are those of the business zone. */
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { instantAt } from '../../format/zoned.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { useWorkspace } from '../../state/screen-context.tsx';
import type { ReadShift } from './on-duty.ts';
import { collides, movedBy } from './roster-draft.ts';
import { rosterRoles } from './roster-words.ts';

interface Fields {
  readonly role: RosterRole;
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

export interface ShiftFormProps {
  readonly people: readonly RosterPerson[];
  readonly standing: readonly ReadShift[];
  /** The first day of the week that is shown. */
  readonly monday: string;
  readonly onAdd: (shifts: readonly ReadShift[]) => void;
}

export function ShiftForm({ people, standing, monday, onAdd }: ShiftFormProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const [form] = Form.useForm<Fields>();
  const [left, setLeft] = useState(0);
  const role = Form.useWatch('role', form) ?? 'duty';
  const fits = people.filter(({ roles }) => roles.includes(role));

  const add = ({ person, from, to, days }: Fields): void => {
    const at = (text: string): number => instantAt(text.slice(0, 10), text.slice(11, 16), timeZone);
    const first: ReadShift = { role, person, from: at(from), to: at(to) };
    if (!(first.to > first.from)) {
      form.setFields([{ name: 'to', errors: [t('alerts.roster.fault.endsBefore')] }]);
      return;
    }
    const wanted = Array.from({ length: days }, (_, i) => movedBy(first, i, timeZone));
    const free = wanted.filter((shift) => !standing.some((other) => collides(other, shift)));
    setLeft(wanted.length - free.length);
    onAdd(free);
  };
  const required = { required: true, message: t('settings.targets.fault.missing') };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="shift-form"
      initialValues={{ role: 'duty', from: `${monday}T09:00`, to: `${monday}T18:00`, days: 1 }}
      onFinish={add}
    >
      <Form.Item name="role" label={t('alerts.roster.column.role')}>
        <Select
          options={rosterRoles.map((value) => ({ value, label: t(`alerts.role.${value}`) }))}
          onChange={() => form.resetFields(['person'])}
        />
      </Form.Item>
      <Form.Item name="person" label={t('alerts.roster.column.person')} rules={[required]}>
        <Select showSearch optionFilterProp="label" options={fits.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="from" label={t('alerts.roster.column.from')} rules={[required]}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="to" label={t('alerts.roster.column.to')} rules={[required]}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="days" label={t('alerts.roster.days')}>
        <InputNumber min={1} max={62} className="wide" />
      </Form.Item>
      <Button htmlType="submit">{t('alerts.roster.addShift')}</Button>
      {left > 0 && <p className="start-state missing">{t('alerts.roster.skipped', { count: left })}</p>}
    </Form>
  );
}
