/** Options that every channel may have; all of them can be read back, so none holds a secret. */
import * as z from 'zod';
import { languages } from '../../domain/alerts/words.ts';

export const robotOptions = {
  language: z.enum(languages).optional().meta({ description: 'Language of the messages; the workspace’s when absent' }),
};
