/** A promise or an item in one line. What is missing is told by the server, which refuses what is incomplete. */
import { AutoComplete, Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import type { ItemDocument, PromiseDocument } from '../../shared/standup/types.ts';
import { dayOf } from '../format/instant.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { NamedInput } from './named-input.tsx';

const options = (names: readonly string[]) => names.map((value) => ({ value }));
const matches = (typed: string, option?: { readonly value: string }): boolean => option?.value.includes(typed) ?? false;

export interface AddPromiseProps {
  /** Whose turn it is; empty when everybody is shown. */
  readonly who: string;
  readonly people: readonly string[];
  /** Resolves to true once it is written down. */
  readonly onAdd: (document: Omit<PromiseDocument, 'commandId' | 'actor'>) => Promise<boolean>;
}

export function AddPromise({ who: turn, people, onAdd }: AddPromiseProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const [who, setWho] = useState(turn);
  const [what, setWhat] = useState('');
  const [day, setDay] = useState(today);
  const [time, setTime] = useState('18:00');
  useEffect(() => setWho(turn), [turn]);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const due = day === '' || time === '' ? {} : { due: { day, time } };
    if (await onAdd({ who, what, ...due })) setWhat('');
  };
  return (
    <form className="meeting-form" aria-label={t('meeting.add')} onSubmit={(event) => void submit(event)}>
      <AutoComplete
        aria-label={t('meeting.who')}
        value={who}
        options={options(people)}
        showSearch={{ filterOption: matches }}
        onChange={(value: string) => setWho(value)}
      >
        <Input placeholder={t('meeting.who')} maxLength={80} />
      </AutoComplete>
      <NamedInput className="wide" label={t('meeting.what')} most={200} value={what} onText={setWhat} />
      <Input aria-label={t('meeting.day')} type="date" value={day} min={today} onChange={({ target }) => setDay(target.value)} />
      <Input aria-label={t('meeting.time')} type="time" value={time} onChange={({ target }) => setTime(target.value)} />
      <Button type="primary" htmlType="submit">
        {t('meeting.addButton')}
      </Button>
    </form>
  );
}

export interface AddItemProps {
  readonly departments: readonly string[];
  readonly people: readonly string[];
  readonly onAdd: (document: Omit<ItemDocument, 'commandId' | 'actor'>) => Promise<boolean>;
}

export function AddItem({ departments, people, onAdd }: AddItemProps): ReactNode {
  const { t } = useDeskWords();
  const [department, setDepartment] = useState('');
  const [matter, setMatter] = useState('');
  const [contact, setContact] = useState('');
  const [effect, setEffect] = useState('');
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(await onAdd({ department, matter, contact, ...(effect === '' ? {} : { effect }) }))) return;
    for (const clear of [setDepartment, setMatter, setContact, setEffect]) clear('');
  };
  return (
    <form className="meeting-form" aria-label={t('meeting.items')} onSubmit={(event) => void submit(event)}>
      <AutoComplete
        aria-label={t('meeting.department')}
        value={department}
        options={options(departments)}
        showSearch={{ filterOption: matches }}
        onChange={(value: string) => setDepartment(value)}
      >
        <Input placeholder={t('meeting.department')} maxLength={80} />
      </AutoComplete>
      <NamedInput className="wide" label={t('meeting.matter')} most={200} value={matter} onText={setMatter} />
      <AutoComplete
        aria-label={t('meeting.contact')}
        value={contact}
        options={options(people)}
        showSearch={{ filterOption: matches }}
        onChange={(value: string) => setContact(value)}
      >
        <Input placeholder={t('meeting.contact')} maxLength={80} />
      </AutoComplete>
      <NamedInput className="wide" label={t('meeting.effect')} most={200} value={effect} onText={setEffect} />
      <Button type="primary" htmlType="submit">
        {t('meeting.raise')}
      </Button>
    </form>
  );
}
