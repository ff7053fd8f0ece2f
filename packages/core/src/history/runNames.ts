const nameOfRun = /^\d{8}T\d{6}Z-[\w-]{1,80}\.ndjson$/;

/** Names of the files of runs among those of a folder, the newest first. */
export function runsAmong(names: Iterable<string>): string[] {
  return [...names].filter((name) => nameOfRun.test(name)).sort((one, other) => (one < other ? 1 : -1));
}

/** @param at ISO 8601 */
export function historyName(at: string, stage: string, run: string): string {
  const time = `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const word = (text: string, length: number): string => text.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, length);
  return `${time}-${word(stage, 30)}-${word(run, 12)}.ndjson`;
}
