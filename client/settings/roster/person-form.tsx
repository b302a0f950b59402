/** One person of the roster: name, roles, and how they are reached, in order of preference. */
import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { rosterRoles } from './roster-words.ts';

const MOST_CONTACTS = 10;

interface Fields {
  readonly id: string;
  readonly name: string;
  readonly roles: RosterRole[];
  readonly contacts: readonly ({ readonly channel?: string; readonly address?: string } | undefined)[];
}

export interface PersonFormProps {
  readonly person: RosterPerson;
  /** A person who is new may be given an id. */
  readonly isNew: boolean;
  /** Ids that others have. */
  readonly taken: readonly string[];
  readonly channels: readonly string[];
  readonly onDone: (person: RosterPerson) => void;
  readonly onCancel: () => void;
}

export function PersonForm({ person, isNew, taken, channels, onDone, onCancel }: PersonFormProps): ReactNode {
  const { t } = useDeskWords();
  const required = { required: true, whitespace: true, message: t('settings.targets.fault.missing') };
  const known = {
    validator: (_: unknown, channel: unknown) =>
      typeof channel !== 'string' || channels.includes(channel)
        ? Promise.resolve()
        : Promise.reject(new Error(t('alerts.roster.noSuchChannel'))),
  };
  const done = ({ id, name, roles, contacts }: Fields): void =>
    onDone({
      id: isNew ? id.trim() : person.id,
      name: name.trim(),
      roles,
      contacts: contacts.flatMap((contact) => {
        if (contact?.channel === undefined) return [];
        const address = contact.address?.trim() ?? '';
        return [{ channel: contact.channel, ...(address === '' ? {} : { address }) }];
      }),
    });
  return (
    <Form<Fields>
      layout="vertical"
      className="settings-form person-form"
      requiredMark={false}
      initialValues={{ ...person, contacts: person.contacts.map((contact) => ({ ...contact })) }}
      onFinish={done}
    >
      <div className="rule-fields">
        <Form.Item name="name" label={t('alerts.roster.name')} rules={[required]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="id"
          label={t('alerts.roster.id')}
          rules={[
            required,
            {
              validator: (_, id: unknown) =>
                taken.includes(String(id).trim()) ? Promise.reject(new Error(t('alerts.roster.idTaken'))) : Promise.resolve(),
            },
          ]}
        >
          <Input maxLength={80} disabled={!isNew} />
        </Form.Item>
        <Form.Item name="roles" label={t('alerts.roster.roles')}>
          <Select mode="multiple" options={rosterRoles.map((value) => ({ value, label: t(`alerts.role.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.List name="contacts">
        {(fields, { add, remove, move }) => (
          <div className="step-rows">
            {fields.map(({ key, name: at }, i) => (
              <div key={key} className="contact-row">
                <Form.Item name={[at, 'channel']} label={t('alerts.roster.contact', { number: i + 1 })} rules={[required, known]}>
                  <Select showSearch options={channels.map((value) => ({ value, label: value }))} />
                </Form.Item>
                <Form.Item name={[at, 'address']} label={t('alerts.roster.address')}>
                  <Input maxLength={320} />
                </Form.Item>
                <Button disabled={i === 0} onClick={() => move(i, i - 1)}>
                  {t('alerts.roster.earlier')}
                </Button>
                <Button onClick={() => remove(at)}>{t('alerts.remove')}</Button>
              </div>
            ))}
            <Button disabled={fields.length >= MOST_CONTACTS || channels.length === 0} onClick={() => add({})}>
              {t('alerts.roster.addContact')}
            </Button>
            {channels.length === 0 && <p className="page-note">{t('alerts.roster.noChannels')}</p>}
          </div>
        )}
      </Form.List>
      <div className="save-actions">
        <Button type="primary" htmlType="submit">
          {t('alerts.roster.keepPerson')}
        </Button>
        <Button onClick={onCancel}>{t('settings.back')}</Button>
      </div>
    </Form>
  );
}
