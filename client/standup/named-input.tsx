/** A field of the meeting's forms: its name stands in it until something is typed. */
import { Input } from 'antd';
import type { ReactNode } from 'react';

export interface NamedInputProps {
  readonly label: string;
  readonly value: string;
  /** Characters it takes. */
  readonly most: number;
  readonly onText: (text: string) => void;
  readonly className?: string;
  readonly id?: string;
}

export function NamedInput({ label, value, most, onText, className = '', id }: NamedInputProps): ReactNode {
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      className={className}
      aria-label={label}
      placeholder={label}
      maxLength={most}
      value={value}
      onChange={({ target }) => onText(target.value)}
    />
  );
}
