import type { Format } from '../options.ts';
import type { Writer } from '../report.ts';

/** The writer of each format, loaded on demand. */
export const writers: Readonly<Record<Format, () => Promise<Writer>>> = {
  text: async () => (await import('./text.ts')).writeText,
  json: async () => (await import('./json.ts')).writeJson,
  sarif: async () => {
    const { sarifWriter } = await import('./sarif.ts');
    const { pages } = await import('#rule-pages');
    return sarifWriter(pages);
  },
  codequality: async () => (await import('./codeQuality.ts')).writeCodeQuality,
  junit: async () => (await import('./junit.ts')).writeJunit,
};
