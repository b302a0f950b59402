/** The people of the roster: who they are, what they may be put on a shift for, and how each is reached. */
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import { Empty } from '../../desk-kit/states.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { PersonForm } from './person-form.tsx';

const SHOWN_ROWS = 20;
const MOST_PEOPLE = 300;

export interface PeopleProps {
  readonly people: readonly RosterPerson[];
  /** Ids of the channels there are; null until they are known. */
  readonly channels: readonly string[] | null;
  readonly onChange: (people: readonly RosterPerson[]) => void;
}

export function People({ people, channels, onChange }: PeopleProps): ReactNode {
  const { t } = useDeskWords();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<RosterPerson | null>(null);
  const isNew = edited !== null && !people.some(({ id }) => id === edited.id);
  const wanted = search.trim().toLocaleLowerCase();
  const found = people.filter(({ id, name }) => `${id}\n${name}`.toLocaleLowerCase().includes(wanted));
  const nextId = (): string => {
    let number = people.length + 1;
    while (people.some(({ id }) => id === `p${String(number)}`)) number += 1;
    return `p${String(number)}`;
  };
  return (
    <>
      <div className="import-line">
        <Input.Search
          className="search-field"
          allowClear
          value={search}
          placeholder={t('alerts.roster.search')}
          aria-label={t('alerts.roster.search')}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button
          disabled={people.length >= MOST_PEOPLE}
          onClick={() => setEdited({ id: nextId(), name: '', roles: ['duty'], contacts: [] })}
        >
          {t('alerts.roster.addPerson')}
        </Button>
      </div>
      {edited && (
        <PersonForm
          key={edited.id}
          person={edited}
          isNew={isNew}
          taken={people.flatMap(({ id }) => (id === edited.id && !isNew ? [] : [id]))}
          channels={channels ?? []}
          onCancel={() => setEdited(null)}
          onDone={(person) => {
            onChange(isNew ? [...people, person] : people.map((one) => (one.id === person.id ? person : one)));
            setEdited(null);
          }}
        />
      )}
      {people.length === 0 ? (
        <Empty title={t('alerts.roster.empty')} hint={t('alerts.roster.emptyHint')} />
      ) : (
        <Table<RosterPerson>
          size="small"
          rowKey="id"
          dataSource={found}
          scroll={{ x: 'max-content' }}
          pagination={found.length > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false}
          columns={[
            { title: t('alerts.roster.name'), key: 'name', render: (_, { name }) => <bdi>{name}</bdi> },
            { title: t('alerts.roster.id'), key: 'id', render: (_, { id }) => <bdi>{id}</bdi> },
            {
              title: t('alerts.roster.roles'),
              key: 'roles',
              render: (_, { roles }) => roles.map((role) => t(`alerts.role.${role}`)).join(t('alerts.list')) || t('alerts.roster.noRole'),
            },
            {
              title: t('alerts.roster.contacts'),
              key: 'contacts',
              render: (_, { contacts }) =>
                contacts.length === 0 ? (
                  <span className="start-state missing">{t('alerts.roster.noContact')}</span>
                ) : (
                  <ul>
                    {contacts.map(({ channel, address = '' }) => (
                      <li key={`${channel} ${address}`}>
                        <bdi>{address === '' ? channel : `${channel} ${address}`}</bdi>
                        {channels?.includes(channel) === false && (
                          <span className="start-state missing"> {t('alerts.roster.noSuchChannel')}</span>
                        )}
                      </li>
                    ))}
                  </ul>
                ),
            },
            {
              title: '',
              key: 'do',
              render: (_, person) => (
                <span className="row-actions">
                  <Button size="small" onClick={() => setEdited(person)}>
                    {t('settings.targets.supersede')}
                  </Button>
                  <Button size="small" onClick={() => onChange(people.filter(({ id }) => id !== person.id))}>
                    {t('alerts.remove')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
