/** The same thing for every view there is, so that a new view changes no test. */
import { viewNames, type ViewName } from '../../shared/wire/views/all.ts';

export function everyView<T>(make: (view: ViewName) => T): Readonly<Record<ViewName, T>> {
  const entries: Partial<Record<ViewName, T>> = {};
  for (const view of viewNames) entries[view] = make(view);
  return entries as Record<ViewName, T>;
}
