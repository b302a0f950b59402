/** What proves an answer: links to what was published, and words where there is no link. Each is judged at once. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isWebLink, type Evidence } from '../../shared/incidents/evidence.ts';
import { webAddress } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { OutsideLink, OutsideText } from '../ui/outside-text.tsx';

export type EvidenceJudgement =
  { readonly ok: true; readonly evidence: Evidence } | { readonly ok: false; readonly why: 'empty' | 'notALink' };

/** Something that is meant to be an address, and is none, is refused: nobody could follow it afterwards. */
const LIKE_AN_ADDRESS = /^[a-z][a-z0-9+.-]*:|^www\.|^[\w-]+(?:\.[\w-]+)+\/\S*$/iu;

export function judgeEvidence(typed: string): EvidenceJudgement {
  const value = typed.trim();
  if (value === '') return { ok: false, why: 'empty' };
  if (isWebLink(value)) return { ok: true, evidence: { kind: 'link', value } };
  if (LIKE_AN_ADDRESS.test(value)) return { ok: false, why: 'notALink' };
  return { ok: true, evidence: { kind: 'text', value } };
}

export const evidenceOf = (values: readonly string[]): readonly Evidence[] =>
  values.flatMap((value) => {
    const judged = judgeEvidence(value);
    return judged.ok ? [judged.evidence] : [];
  });

/** Evidence as it is shown beside an answer and in the audit: a link names its host. */
export function EvidenceList({
  values,
  onRemove,
}: {
  readonly values: readonly string[];
  readonly onRemove?: (value: string) => void;
}): ReactNode {
  const { t } = useDeskWords();
  if (values.length === 0) return null;
  return (
    <ul className="evidence-list" aria-label={t('pr.evidence')}>
      {values.map((value) => (
        <li key={value}>
          {webAddress(value) === null ? (
            <span>
              {t('pr.evidenceText')} <OutsideText>{value}</OutsideText>
            </span>
          ) : (
            <OutsideLink url={value}>{t('pr.evidenceLink')}</OutsideLink>
          )}
          {onRemove && (
            <Button size="small" type="text" aria-label={t('pr.evidenceRemove', { value })} onClick={() => onRemove(value)}>
              ×
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

export interface EvidenceFieldProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

export function EvidenceField({ values, onChange }: EvidenceFieldProps): ReactNode {
  const { t } = useDeskWords();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = (): void => {
    const judged = judgeEvidence(typed);
    setWrong(!judged.ok && judged.why === 'notALink');
    if (!judged.ok) return;
    if (!values.includes(judged.evidence.value)) onChange([...values, judged.evidence.value]);
    setTyped('');
  };
  return (
    <div className="evidence-field">
      <EvidenceList values={values} onRemove={(value) => onChange(values.filter((one) => one !== value))} />
      <div className="evidence-line">
        <Input
          data-key="evidence"
          value={typed}
          maxLength={2_000}
          inputMode="url"
          status={wrong ? 'error' : ''}
          aria-label={t('pr.evidenceAdd')}
          placeholder={t('pr.evidencePlaceholder')}
          onChange={({ target }) => {
            setTyped(target.value);
            setWrong(false);
          }}
          onPressEnter={(event) => {
            event.preventDefault();
            if (event.ctrlKey || event.metaKey) return;
            add();
          }}
          onBlur={add}
        />
        <Button onClick={add} disabled={typed.trim() === ''}>
          {t('pr.add')}
        </Button>
      </div>
      {wrong && (
        <p className="field-fault" role="alert">
          {t('pr.notALink')}
        </p>
      )}
    </div>
  );
}
