/** Why a person's command does not happen. */
export type IncidentRefusalCode =
  | 'already_claimed'
  | 'already_answered'
  | 'already_closed'
  | 'already_merged'
  | 'already_paused'
  | 'answer_first'
  | 'not_closed'
  | 'not_paused'
  | 'not_running'
  | 'pause_used_up'
  | 'same_person'
  | 'too_much_evidence'
  | 'unknown_target'
  | 'target_closed'
  | 'below_floor'
  | 'drill_apart'
  | 'unknown_member'
  | 'nothing_left'
  | 'version_mismatch';

export interface IncidentRefusal {
  readonly refused: true;
  readonly code: IncidentRefusalCode;
  /** One sentence for people; names whoever was first [C2]. */
  readonly detail: string;
  /** 422 where the command is wrong whatever the story's state is. */
  readonly status: 409 | 422;
}

export function refuse(code: IncidentRefusalCode, detail: string, status: IncidentRefusal['status'] = 409): IncidentRefusal {
  return { refused: true, code, detail, status };
}

export function isIncidentRefusal<T>(answer: readonly T[] | IncidentRefusal): answer is IncidentRefusal {
  return 'refused' in answer;
}
