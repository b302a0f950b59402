/** Custom properties of CSS, for a `style`. */
import type { CSSProperties } from 'react';

export const vars = (properties: CSSProperties & Readonly<Record<`--${string}`, string | number>>): CSSProperties => properties;
