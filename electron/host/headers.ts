// The headers of everything the own origin serves; the same in every host, so that what is tested in one holds in the other.

/** No inline script or style, no eval, no other origin, no frames, no forms. React sets styles through the CSSOM, which this allows. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A blob is somebody's file: whatever opens it, it runs nothing and reaches nothing. */
export const BLOB_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), payment=(), display-capture=()',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
} as const;

export const pageHeaders = (contentType: string): Record<string, string> => ({
  ...COMMON,
  'content-type': contentType,
  'content-security-policy': PAGE_POLICY,
});

export const blobHeaders = (contentType: string): Record<string, string> => ({
  ...COMMON,
  'content-type': contentType,
  'content-security-policy': BLOB_POLICY,
  ...(contentType === 'application/octet-stream' ? { 'content-disposition': 'attachment' } : {}),
});
