/** The cell that a page of a number is about: one KPI in one period, in part of its dimensions. */
import { useMemo } from 'react';
import type { Grain } from '../../shared/kpi/types.ts';
import { useAddress, type Choice } from '../desk-kit/use-address.ts';
import { dayOf } from '../format/instant.ts';
import { grainOf, periodNameAt } from '../format/period.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';

export interface Cell {
  readonly kpi: string;
  readonly grain: Grain;
  readonly period: string;
  /** `channel:京东`; nothing after the colon means “without a value”. */
  readonly where: readonly string[];
}

/** The parameters that every route of a KPI takes, and more. */
export function cellQuery({ kpi, grain, period, where }: Cell, more: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams([
    ['kpi', kpi],
    ['grain', grain],
    ['period', period],
    ...where.map((cell): [string, string] => ['where', cell]),
    ...Object.entries(more),
  ]).toString();
}

export function useCell(kpi: string): { readonly cell: Cell; readonly choose: (choice: Choice) => void } {
  const { query, choose } = useAddress();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const asked = query.get('period');
  const where = query.getAll('where').join('\n');
  const cell = useMemo(() => {
    const grain = asked === null ? 'month' : (grainOf(asked) ?? 'month');
    const period = asked !== null && grainOf(asked) !== undefined ? asked : periodNameAt('month', today);
    return { kpi, grain, period, where: where === '' ? [] : where.split('\n') };
  }, [kpi, asked, where, today]);
  return { cell, choose };
}
