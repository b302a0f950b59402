/** The name under which acts are recorded: one of the team where there is a roster, else free text. */
import { Input, Select } from 'antd';
import { memo, type ReactNode } from 'react';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';

export interface WhoProps {
  readonly id: string;
  readonly actor: string;
  readonly people: readonly string[];
  readonly onActor: (name: string) => void;
  /** Given where the name chosen is somebody else's. */
  readonly label?: string;
}

const MOST_CHARACTERS = 80;

export function NameField({ id, actor, people, onActor, label }: WhoProps): ReactNode {
  const { t } = useDeskWords();
  const named = label ?? t('pr.actor');
  if (people.length === 0) {
    return (
      <Input
        id={id}
        value={actor}
        maxLength={MOST_CHARACTERS}
        autoComplete="name"
        aria-label={named}
        placeholder={t('pr.actorMissing')}
        onChange={({ target }) => onActor(target.value)}
      />
    );
  }
  const known = people.includes(actor);
  return (
    <Select
      id={id}
      className="who-select"
      showSearch
      value={known ? actor : null}
      placeholder={t('pr.actorChoose')}
      aria-label={named}
      options={people.map((name) => ({ value: name, label: name }))}
      onChange={onActor}
    />
  );
}

export const Who = memo(function Who(props: WhoProps): ReactNode {
  const { t } = useDeskWords();
  return (
    <div className="who">
      <label htmlFor={props.id}>{t('pr.actor')}</label>
      <NameField {...props} />
    </div>
  );
});
