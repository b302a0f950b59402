/**
 * The form of a policy in two steps: it first says in words what saving would change, and saves only after that. A refusal
 * of the server stands at the field it names.
 */
import { Button, Form } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useActor } from '../desk-kit/actor.ts';
import { Answered, useFaultWords } from '../desk-kit/states.tsx';
import { useAsked } from '../desk-kit/use-asked.ts';
import { useMomentWords } from '../desk-kit/use-moment-words.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { ask } from '../wire/ask.ts';
import { ChangeList } from './change-list.tsx';
import type { Change } from './changes.ts';
import { SaveOutcome } from './save-outcome.tsx';
import { takenOver, type SetVersion } from './taken-over.ts';
import { sinceOf, WhoFields, type Who } from './who-fields.tsx';

interface PolicyAnswer<V> {
  readonly value: V;
  readonly version: number;
  readonly owner: string | null;
  readonly effectiveFrom: number | null;
  readonly history: readonly SetVersion[];
}

/** What stands in the fields, by their names. */
export type FormValues = Readonly<Record<string, unknown>>;

/** A field within a list has a path of its own: `['steps', 2, 'after']`. */
export type FieldName = string | (string | number)[];

export interface PolicyFormProps<V> {
  readonly name: string;
  /** Whether a version can hold from a later moment on. */
  readonly later?: boolean;
  readonly toForm: (value: V) => FormValues;
  /** The whole value that saving would set. */
  readonly toValue: (form: FormValues, before: V) => V;
  readonly changes: (before: V, after: V) => readonly Change[];
  /** The name of the form's field that a path of the server means; undefined for none. */
  readonly fieldOf?: (path: string) => FieldName | undefined;
  /** What stands under the fields and follows them while they are edited, such as an example. */
  readonly beside?: (draft: V, inForce: V) => ReactNode;
  /** What the new value would have done over past days, beside what would change. */
  readonly tried?: (draft: V) => ReactNode;
  readonly children: ReactNode;
}

type Step<V> = { readonly at: 'form' } | { readonly at: 'preview'; readonly after: V; readonly who: Who } | { readonly at: 'saved' };

function Filled<V>({
  policy,
  again,
  props,
}: {
  readonly policy: PolicyAnswer<V>;
  readonly again: () => void;
  readonly props: PolicyFormProps<V>;
}): ReactNode {
  const { name, later = false, toForm, toValue, changes, fieldOf, beside, tried, children } = props;
  const { t } = useDeskWords();
  const moments = useMomentWords();
  const faultWords = useFaultWords();
  const [actor, setActor] = useActor();
  const [form] = Form.useForm<FormValues & Who>();
  const [step, setStep] = useState<Step<V>>({ at: 'form' });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const watched: FormValues | undefined = Form.useWatch([], form);

  const save = async (after: V, who: Who): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const answer = await ask(`/api/policies/${name}`, {
      method: 'PUT',
      body: {
        value: after,
        owner: who.owner.trim(),
        reason: who.reason.trim(),
        basedOn: policy.version,
        ...sinceOf(who.since),
        ...(who.restate ? { restate: true } : {}),
      },
    });
    setBusy(false);
    if (answer.outcome === 'ok') {
      setActor(who.owner.trim());
      setStep({ at: 'saved' });
      again();
      return;
    }
    const words = faultWords(answer);
    const path = answer.outcome === 'unreachable' ? undefined : answer.problem.path;
    const field = path === undefined ? undefined : fieldOf?.(path);
    setRefused(words);
    setStep({ at: 'form' });
    // What somebody else has set is then what the next preview compares with.
    if (answer.outcome === 'conflict') again();
    if (field !== undefined) form.setFields([{ name: field, errors: [words] }]);
  };

  /** A version that is to hold from before another one on, or while a later one waits, holds only until that one. */
  const untilWords = ({ since = '' }: Who): string | undefined => {
    // What is effective later than the version in force is still to come.
    const from = since === '' ? (policy.effectiveFrom ?? Number.NEGATIVE_INFINITY) : Date.parse(since);
    const next = later ? takenOver(policy.history, from) : null;
    return next === null ? undefined : t('settings.takenOver', { version: next.version, time: moments.short(next.effectiveFrom) });
  };

  return (
    <Form<FormValues & Who>
      form={form}
      // Several forms of a page have fields of the same names: this one's name begins the ids of its fields.
      name={name}
      layout="vertical"
      className="settings-form"
      requiredMark={false}
      initialValues={{ ...toForm(policy.value), owner: actor, reason: '' }}
      onValuesChange={() => step.at !== 'form' && setStep({ at: 'form' })}
      onFinish={(values) => setStep({ at: 'preview', after: toValue(values, policy.value), who: values })}
    >
      <p className="page-note">
        {policy.version === 0
          ? t('settings.byDefault')
          : t('settings.version', {
              version: policy.version,
              owner: policy.owner ?? '',
              time: policy.effectiveFrom === null ? '' : moments.short(policy.effectiveFrom),
            })}
      </p>
      {children}
      {beside?.(watched === undefined ? policy.value : toValue({ ...toForm(policy.value), ...watched }, policy.value), policy.value)}
      <WhoFields later={later} />
      {step.at === 'preview' ? (
        <>
          <ChangeList changes={changes(policy.value, step.after)} restates={step.who.restate ?? false} note={untilWords(step.who)} />
          {tried?.(step.after)}
          <div className="save-actions">
            <Button type="primary" loading={busy} onClick={() => void save(step.after, step.who)}>
              {t('settings.save')}
            </Button>
            <Button onClick={() => setStep({ at: 'form' })}>{t('settings.back')}</Button>
          </div>
        </>
      ) : (
        <div className="save-actions">
          <Button type="primary" htmlType="submit">
            {t('settings.preview')}
          </Button>
        </div>
      )}
      <SaveOutcome saved={step.at === 'saved'} refused={refused} />
    </Form>
  );
}

export function PolicyForm<V>(props: PolicyFormProps<V>): ReactNode {
  const asked = useAsked<PolicyAnswer<V>>(`/api/policies/${props.name}`);
  return <Answered asked={asked}>{(policy) => <Filled policy={policy} again={asked.again} props={props} />}</Answered>;
}
