/** The brand's tile: bars that rise under a line. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <defs>
        <linearGradient id="mark-tile" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#209DD7" />
          <stop offset="1" stopColor="#753991" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="7" fill="url(#mark-tile)" />
      <g fill="#FFB707">
        <rect x="6" y="18" width="4" height="8" rx="1" />
        <rect x="14" y="14" width="4" height="12" rx="1" />
        <rect x="22" y="9" width="4" height="17" rx="1" />
      </g>
      <path d="M6 14 14 9l5 2 8-6" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
