/** The keys of the desk. They are shown beside their buttons and in the overview that `?` opens. */
export const shortcuts = [
  { key: 'j', act: 'next' },
  { key: 'k', act: 'previous' },
  { key: 'c', act: 'claim' },
  { key: 'r', act: 'respond' },
  { key: 'e', act: 'evidence' },
  { key: 'x', act: 'resolve' },
  { key: 'h', act: 'hand_over' },
  { key: 't', act: 'takeOver' },
  { key: 'f', act: 'false_alarm' },
  { key: 'm', act: 'merge' },
  { key: 'n', act: 'note' },
  { key: 'p', act: 'pause' },
  { key: 's', act: 'severity' },
  { key: '/', act: 'search' },
  { key: '?', act: 'help' },
] as const;
export type Shortcut = (typeof shortcuts)[number]['act'];

export const keyOf = (act: Shortcut): string => (shortcuts.find((one) => one.act === act)?.key ?? '').toUpperCase();

/** The act of a key press; null for keys of the browser, while text is typed, and while a dialog is open. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const at = event.target;
  if (at instanceof Element && at.closest('input, textarea, select, [contenteditable], dialog, .ant-modal, .ant-select')) return null;
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]) .ant-modal') !== null) return null;
  return shortcuts.find(({ key }) => key === event.key.toLowerCase())?.act ?? null;
}
