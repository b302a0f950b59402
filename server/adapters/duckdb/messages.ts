/** What the server and the ledger's engine, which runs in a process of its own, say to each other. */
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { Silence } from '../../domain/silences.ts';
import type {
  ChangeRow,
  ChangesQuestion,
  DistinctRow,
  LedgerAnswer,
  FollowedRow,
  LedgerQuestion,
  LedgerStatus,
  RowsPage,
  RowsQuestion,
  SilencesQuestion,
  SumQuestion,
  SumRow,
  SumsAt,
} from '../../pipeline/ports/ledger.ts';
import type { ExplainPage, ExplainQuestion } from '../../pipeline/ports/ledger-explain.ts';

/** Handed to the engine's process when it is started. */
export interface EngineSettings {
  /** What the engine's script opens as the source of rows: the store's file. */
  readonly source: string;
  /** The ledger's own file. */
  readonly file: string;
  /** Memory of the database; the process itself takes about 80 MB besides. */
  readonly memoryMb: number;
  readonly threads: number;
  /** Room beside the file for questions that do not fit into memory. */
  readonly tempMb: number;
  /** How long a question waits for the rows of commits made before it. */
  readonly waitMs: number;
  /** How long a question may run. */
  readonly questionMs: number;
  /** The ledger's file is not to be trusted, whatever it says: it is written anew. */
  readonly fresh: boolean;
}

export type Task =
  | { readonly kind: 'ask'; readonly questions: readonly LedgerQuestion[] }
  | { readonly kind: 'sumsAt'; readonly questions: readonly SumQuestion[]; readonly asOf: number; readonly most: number }
  | { readonly kind: 'instantsAhead'; readonly family: FamilyName; readonly asOf: number; readonly most: number }
  | { readonly kind: 'rows'; readonly question: RowsQuestion }
  | { readonly kind: 'changes'; readonly question: ChangesQuestion }
  | { readonly kind: 'silences'; readonly question: SilencesQuestion }
  | { readonly kind: 'explain'; readonly question: ExplainQuestion; readonly questions: readonly LedgerQuestion[] };

export type TaskAnswer =
  | { readonly kind: 'ask'; readonly answers: readonly (readonly SumRow[] | readonly DistinctRow[] | readonly FollowedRow[])[] }
  | { readonly kind: 'sumsAt'; readonly sums: SumsAt }
  | { readonly kind: 'instantsAhead'; readonly instants: readonly number[] }
  | { readonly kind: 'rows'; readonly page: RowsPage }
  | { readonly kind: 'changes'; readonly rows: readonly ChangeRow[] }
  | { readonly kind: 'silences'; readonly silences: readonly Silence[] }
  | { readonly kind: 'explain'; readonly page: ExplainPage; readonly beside: readonly LedgerAnswer[] };

export type ToEngine =
  | { readonly kind: 'advance'; readonly position: number }
  | { readonly kind: 'task'; readonly id: number; readonly position: number; readonly task: Task }
  | { readonly kind: 'stop' };

export type FromEngine =
  | { readonly kind: 'status'; readonly status: LedgerStatus }
  | { readonly kind: 'log'; readonly level: 'info' | 'warn'; readonly message: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: TaskAnswer }
  /** `code` of `Unavailable`; null for a bug. */
  | { readonly kind: 'failure'; readonly id: number; readonly code: string | null; readonly message: string };
