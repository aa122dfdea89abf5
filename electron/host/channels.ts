// Names on the wire between the window and a host; shared by preload and hosts so that neither can drift.
export const CALL_CHANNEL = 'bulkhead:call';
export const EVENT_CHANNEL = 'bulkhead:event';

/** The own origins. `.invalid` never resolves (RFC 2606), and https makes the page a secure context; the host answers it, no server does. */
export const ELECTRON_ORIGIN = 'bulkhead://app';
export const CHROMIUM_ORIGIN = 'https://bulkhead.invalid';
