const jobId = /\bjob[_ -]?id\b["']?\s*(?:[:=]\s*)?["']?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\b/gi;

/**
 * BuildStreaM's job ID of the run, from the log of the select job (`JOB_ID=…`), to compare with failed_nodes.json.
 * Undefined if the log names none or several.
 */
export function runJobIdIn(log: string): string | undefined {
  const found = new Set([...log.matchAll(jobId)].map(([, id]) => id?.toLowerCase()));
  return found.size === 1 ? [...found][0] : undefined;
}
