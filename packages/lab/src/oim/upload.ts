import { Refusal } from './refusal.ts';
import type { OimGeneration } from './generation.ts';

const maxFileBytes = 5 * 1024 * 1024;

export interface UploadedFile {
  readonly name: string;
  readonly status: 'CHANGED' | 'UNCHANGED';
  readonly sizeBytes: number;
}

/** Checks all files before any is accepted. @throws Refusal */
export function demandFiles(files: ReadonlyMap<string, string>, { inputFiles }: OimGeneration): void {
  for (const [name, text] of files) {
    if (!inputFiles.includes(name)) {
      const allowed = inputFiles.map((one) => `'${one}'`).join(', ');
      const message = `Filename '${name}' is not in allowed whitelist. Allowed files: [${allowed}]`;
      throw new Refusal(400, 'INVALID_FILENAME', message);
    }
    const bytes = Buffer.byteLength(text);
    if (bytes > maxFileBytes) {
      const limit = `exceeds maximum size (${String(maxFileBytes)} bytes)`;
      throw new Refusal(400, 'FILE_SIZE_EXCEEDED', `File '${name}' size (${String(bytes)} bytes) ${limit}`);
    }
  }
}
