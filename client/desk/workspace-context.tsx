/** The workspace a desk page belongs to: its name, its time zone, and whether its data are made up. */
import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { WorkspaceGroup } from '../../shared/wire/overview.ts';
import { useScreen } from '../state/screen-context.tsx';
import { fetchWorkspace } from './api.ts';
import { useFetched } from './use-fetched.ts';

const Context = createContext<WorkspaceGroup | null>(null);

export function WorkspaceProvider({ children }: { readonly children: ReactNode }): ReactNode {
  // Asked again when the line comes back: the server may have been restarted with another workspace.
  const live = useScreen((screen) => screen.phase === 'live');
  const { value } = useFetched('workspace', String(live), fetchWorkspace);
  return <Context value={value}>{children}</Context>;
}

export function useWorkspace(): WorkspaceGroup | null {
  return useContext(Context);
}

/** The business time zone; this machine's until it is known. */
export function useTimeZone(): string {
  return useWorkspace()?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
