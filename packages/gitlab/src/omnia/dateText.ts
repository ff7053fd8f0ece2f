/** `2026-10-01 08:00 UTC`. @param ms milliseconds since 1970 */
export function dateText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
