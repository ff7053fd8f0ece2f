/** `2026-11-28 22:18:05` @param ms since the epoch */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
