/** `/settings/severity`: how grave a story is, and when a rise of negative mentions is a spike. */
import type { ReactNode } from 'react';
import type { SeverityPolicy } from '../../../shared/incidents/severity-policy.ts';
import { Section } from '../../desk-kit/page-title.tsx';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { BackTest } from '../back-test.tsx';
import { PolicyForm, type FieldName } from '../policy-form.tsx';
import { SettingsFrame } from '../settings-frame.tsx';
import { SeverityExample } from './example.tsx';
import { useSeverityChanges } from './severity-changes.ts';
import { SeverityFields } from './severity-fields.tsx';
import { SpikeForm } from './spike-form.tsx';

/** `value.reach[2].from` → `['reach', 2, 'from']`: the fields are named as the policy is. */
function fieldOf(path: string): FieldName | undefined {
  if (!path.startsWith('value.')) return undefined;
  const parts = [...path.slice('value.'.length).matchAll(/(\w+)|\[(\d+)\]/gu)];
  return parts.map(([, name, index]) => (index === undefined ? (name ?? '') : Number(index)));
}

function Severity(): ReactNode {
  const { t } = useDeskWords();
  const changes = useSeverityChanges();
  return (
    <>
      <Section title={t('alerts.severity.title')} note={t('alerts.severity.note')}>
        <PolicyForm<SeverityPolicy>
          name="severity"
          toForm={(policy) => ({ ...policy })}
          // The fields are named and nested as the policy is.
          toValue={(form, before) => ({ ...before, ...Object.fromEntries(Object.keys(before).map((key) => [key, form[key]])) })}
          changes={changes}
          fieldOf={fieldOf}
          beside={(draft, inForce) => <SeverityExample draft={draft} inForce={inForce} />}
          tried={(value) => <BackTest name="severity" value={value} />}
        >
          <SeverityFields />
        </PolicyForm>
      </Section>
      <Section id="spike" title={t('alerts.spike.title')} note={t('alerts.spike.note')}>
        <SpikeForm />
      </Section>
    </>
  );
}

export function SeverityPage(): ReactNode {
  return (
    <SettingsFrame page="severity">
      <Severity />
    </SettingsFrame>
  );
}
