/** Headers on every answer. The policy lets pages load nothing but what this server sends. */
const policy = ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"];

/**
 * The policy of a page of the client. The component library of the desks writes its style sheets at run time; the browser
 * takes those that carry the nonce of this one answer, and no others.
 */
export function pagePolicy(styleNonce: string): string {
  return [...policy, `style-src 'self' 'nonce-${styleNonce}'`].join('; ');
}

/** @param publicUrl decides about HSTS: only an address served by https may promise it */
export function securityHeaders(publicUrl: string | null): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(publicUrl?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
