/** The two forms every message is built from. What has been sent is not changed afterwards, so both are read-only. */
import * as z from 'zod';

export const group = <S extends z.core.$ZodLooseShape>(shape: S) => z.object(shape).readonly();
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
/** UTC ms. */
export const instant = z.number();
