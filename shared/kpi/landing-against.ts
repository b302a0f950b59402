/** Where the landing of a day lies against its plan [SE2]. */
export function landingAgainst({ low, high }: { readonly low: number; readonly high: number }, target: number): 'above' | 'near' | 'below' {
  return low >= target ? 'above' : high < target ? 'below' : 'near';
}
