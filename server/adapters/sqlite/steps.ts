/**
 * What crosses to the writing connection and back. Rows of many executions of one
 * statement travel as one flat array of primitives, and bytes as one buffer: cloning
 * 13 values of an order costs under a microsecond this way, several as nested objects.
 */

import type { Utf8Range } from '../../domain/facts.ts';

export type Primitive = string | number | null;
/** A text of which most is at hand as UTF-8. `head` holds no character beyond U+007F. */
export interface TextInBytes {
  readonly head: string;
  readonly tail: Utf8Range;
}
export type Value = Primitive | Uint8Array | TextInBytes;
export type Row = Record<string, unknown>;

/** One statement executed for each row of `values`. */
export interface RunStep {
  readonly do: 'run';
  readonly sql: string;
  /** Values a row has. */
  readonly width: number;
  /** Row after row; a blob, and a text that travels as bytes, stands as its length. */
  readonly values: Primitive[];
  /** The blobs one after another, and the column they belong to. Of texts among them the statement makes texts again. */
  blobs?: { readonly column: number; readonly bytes: Uint8Array };
  /** A row that does not change exactly one stored row fails the step. */
  readonly exactlyOne: boolean;
  /** Whether the answer tells how many rows changed. */
  readonly counted: boolean;
}
export interface ReadStep {
  readonly do: 'read';
  readonly sql: string;
  readonly values: readonly Primitive[];
  /** Rows as arrays, or as objects by column. */
  readonly as: 'arrays' | 'objects';
}
export type Step = RunStep | ReadStep | { readonly do: 'begin' | 'commit' | 'rollback' };

/** Where and why a message failed. The transaction is rolled back by then. */
export interface Failure {
  /** Index of the step, and of the row within it. */
  readonly step: number;
  readonly row: number;
  /** Absent when a row of an `exactlyOne` step changed none or several. */
  readonly error?: { readonly message: string; readonly stack?: string; readonly errcode?: number };
}

/** Results: of reads their rows, of counted runs the changes, of a commit the pages of log not yet moved into the file. */
export type Outcome =
  | { readonly results: readonly unknown[] }
  | { readonly failure: Failure }
  /** Nothing was done: an earlier message of the same transaction had failed. */
  | { readonly abandoned: true };

/** Executes messages in the order they are posted, each to its end. Rejects only when the connection is lost. */
export type Post = (steps: readonly Step[]) => Promise<Outcome>;
