/** Checksums of a folder, in the format that `sha256sum -c` reads. */
import { createHash } from 'node:crypto';
import { createReadStream, globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const sumsFile = 'SHA256SUMS';

/**
 * Writes SHA256SUMS for all files in and below a folder, sorted by name.
 * @param {string} folder
 */
export async function writeSums(folder) {
  const entries = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
  const lines = [];
  for (const file of files.filter((name) => name !== sumsFile)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path.join(folder, file)), hash);
    lines.push(`${hash.digest('hex')}  ${file.replaceAll('\\', '/')}\n`);
  }
  writeFileSync(path.join(folder, sumsFile), lines.join(''));
}
