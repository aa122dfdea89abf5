// The shapes of all status glyphs, drawn once in the page and used by reference (St.tsx). Never add a state without a new shape.
const CROSS =
  'M8 6.9 10.05 4.85 11.15 5.95 9.1 8 11.15 10.05 10.05 11.15 8 9.1 5.95 11.15 4.85 10.05 6.9 8 4.85 5.95 5.95 4.85Z';
const SQUARE =
  'M3 1.75h10A1.25 1.25 0 0 1 14.25 3v10A1.25 1.25 0 0 1 13 14.25H3A1.25 1.25 0 0 1 1.75 13V3A1.25 1.25 0 0 1 3 1.75Z';
const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

export function Sprite() {
  return (
    <svg width="0" height="0" className="sprite" aria-hidden="true">
      <defs>
        <symbol id="g-ok" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="2.6" fill="currentColor" />
        </symbol>
        <symbol id="g-degraded" viewBox="0 0 16 16">
          <path
            d="M8 1.9 15 14.1H1Z"
            fill="currentColor"
            stroke="currentColor"
            strokeWidth="1"
            strokeLinejoin="round"
          />
        </symbol>
        <symbol id="g-partial" viewBox="0 0 16 16">
          <rect x="2.5" y="2.5" width="11" height="11" rx=".6" {...line} />
          <path d="M13.5 2.5v11h-11Z" fill="currentColor" />
        </symbol>
        <symbol id="g-outage" viewBox="0 0 16 16">
          <path fill="currentColor" fillRule="evenodd" d={SQUARE + CROSS} />
        </symbol>
        <symbol id="g-maint" viewBox="0 0 16 16">
          <path d="M8 1.8 14.2 8 8 14.2 1.8 8Z" {...line} />
        </symbol>
        <symbol id="g-unknown" viewBox="0 0 16 16">
          <path d="M5.6 5.9a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.1.8-1.1 1.6" {...line} />
          <circle cx="8" cy="12.4" r="1" fill="currentColor" />
        </symbol>
        <symbol id="g-stale" viewBox="0 0 16 16">
          <circle
            cx="8"
            cy="8"
            r="5.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeDasharray="2.4 1.6"
          />
          <path
            d="M8 5v3.2l2.1 1.3"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </symbol>
        <symbol id="g-late" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5.6" {...line} />
          <path d="M8 5v3.2l2.1 1.3" {...line} />
        </symbol>
        <symbol id="g-unreachable" viewBox="0 0 16 16">
          <path d="M1.5 8h3M11.5 8h3M6.2 6.2l3.6 3.6M9.8 6.2 6.2 9.8" {...line} />
        </symbol>
        <symbol id="g-unparseable" viewBox="0 0 16 16">
          <path d="M2.5 3.8h11M2.5 12.2h11M2.5 8q1.4-2.2 2.75 0t2.75 0 2.75 0 2.75 0" {...line} />
        </symbol>
        <symbol id="g-offline" viewBox="0 0 16 16">
          <path d="M2 6.6a8.6 8.6 0 0 1 12 0M4.7 9.3a4.8 4.8 0 0 1 6.6 0M8 12.2v.1M3 13.6 13 2.4" {...line} />
        </symbol>
        <symbol id="g-paused" viewBox="0 0 16 16">
          <path d="M5.6 3.6v8.8M10.4 3.6v8.8" {...line} strokeWidth="2" />
        </symbol>
        <symbol id="g-nr" viewBox="0 0 16 16">
          <path d="M4.6 8h6.8" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </symbol>
        <symbol id="g-info" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="6" {...line} />
          <path d="M8 7.4v3.8M8 4.9v.1" {...line} />
        </symbol>
        <symbol id="g-todo" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5.6" {...line} />
        </symbol>
        <symbol id="g-doing" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5.9" {...line} />
          <path d="M8 4.3a3.7 3.7 0 0 1 0 7.4Z" fill="currentColor" />
        </symbol>
        <symbol id="g-done" viewBox="0 0 16 16">
          <path
            fill="currentColor"
            fillRule="evenodd"
            d="M8 1.3a6.7 6.7 0 1 1 0 13.4A6.7 6.7 0 0 1 8 1.3Zm3.3 4.2-4.2 4.4-1.9-1.9-1 1.1 3 2.9 5.2-5.4Z"
          />
        </symbol>
        <symbol id="g-failed" viewBox="0 0 16 16">
          <path fill="currentColor" fillRule="evenodd" d={SQUARE + CROSS} />
        </symbol>
        <symbol id="g-skipped" viewBox="0 0 16 16">
          <circle
            cx="8"
            cy="8"
            r="5.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeDasharray="2.2 1.7"
          />
          <path d="M5.3 10.7 10.7 5.3" {...line} />
        </symbol>
        <symbol id="g-reverting" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5.9" {...line} />
          <path d="M11.2 8H5.2M7.5 5.7 5.2 8l2.3 2.3" {...line} />
        </symbol>
        <symbol id="g-reverted" viewBox="0 0 16 16">
          <path
            fill="currentColor"
            fillRule="evenodd"
            d="M8 1.3a6.7 6.7 0 1 1 0 13.4A6.7 6.7 0 0 1 8 1.3ZM7.2 4.5 3.8 8l3.4 3.5 1.05-1L6.6 8.75h5.6v-1.5H6.6l1.65-1.75Z"
          />
        </symbol>
        <symbol id="g-held" viewBox="0 0 16 16">
          <path
            fill="currentColor"
            fillRule="evenodd"
            d={`${SQUARE}M5.2 4.7h1.9v6.6H5.2ZM8.9 4.7h1.9v6.6H8.9Z`}
          />
        </symbol>
        <symbol id="g-locked" viewBox="0 0 16 16">
          <circle
            cx="8"
            cy="8"
            r="5.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.2"
            strokeDasharray="1.1 2.1"
          />
        </symbol>
        <symbol id="g-gate-shut" viewBox="0 0 16 16">
          <path d="M2.5 2.5v11M13.5 2.5v11" {...line} />
          <path d="M3 6.2h10M3 9.8h10" {...line} />
        </symbol>
        <symbol id="g-gate-wait" viewBox="0 0 16 16">
          <path d="M2.5 2.5v11M13.5 2.5v11" {...line} />
          <path d="M3 10.8h10" {...line} />
          <circle cx="8" cy="6.2" r="1.7" fill="currentColor" />
        </symbol>
        <symbol id="g-gate-open" viewBox="0 0 16 16">
          <path d="M2.5 2.5v11M13.5 2.5v11" {...line} />
          <path d="M3 10.2 10.2 3M6.5 13 9 10.5" {...line} />
        </symbol>
        <symbol id="g-brk-closed" viewBox="0 0 24 16">
          <path d="M1 8h5.2M17.8 8H23M8.2 8h7.6" {...line} />
          <circle cx="7.6" cy="8" r="1.9" fill="currentColor" />
          <circle cx="16.4" cy="8" r="1.9" fill="currentColor" />
        </symbol>
        <symbol id="g-brk-open" viewBox="0 0 24 16">
          <path d="M1 10.5h5.2M17.8 10.5H23M8 10 15.4 2.6" {...line} />
          <circle cx="7.6" cy="10.5" r="1.9" fill="currentColor" />
          <circle cx="16.4" cy="10.5" r="1.7" {...line} />
        </symbol>
        <symbol id="g-brk-half" viewBox="0 0 24 16">
          <path d="M1 9.5h5.2M17.8 9.5H23" {...line} />
          <path
            d="M8.4 9 15.6 5.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray="2.1 1.7"
          />
          <circle cx="7.6" cy="9.5" r="1.9" fill="currentColor" />
          <circle cx="16.4" cy="9.5" r="1.7" {...line} />
        </symbol>
        <symbol id="g-mark" viewBox="0 0 24 24">
          <path
            d="M3.5 5h17v7.5c0 4-3.4 6.5-8.5 8-5.1-1.5-8.5-4-8.5-8Z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinejoin="round"
          />
          <path d="M9.2 5v14.2M14.8 5v14.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M9.2 11.5h5.6V19c-.9.6-1.8 1-2.8 1.4-1-.3-1.9-.8-2.8-1.4Z" fill="currentColor" />
        </symbol>
      </defs>
    </svg>
  );
}
