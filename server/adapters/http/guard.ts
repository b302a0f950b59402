/** The refusal of an HTTP request that comes from elsewhere; who may do what is decided in `domain/access.ts`. */
import type { IncomingMessage } from 'node:http';
import { decideAccess } from '../../domain/access.ts';
import { callerOf } from '../system/caller.ts';
import { problem, type Reply } from './reply.ts';

/** @param publicUrl origin people use, or null */
export function guard(request: IncomingMessage, publicUrl: string | null): Reply | null {
  const action = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'change';
  const denial = decideAccess(action, callerOf(request), publicUrl);
  return denial && problem(denial.status, denial.code, denial.detail);
}
