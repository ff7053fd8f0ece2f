/** The executable with everything that belongs to it, laid out for unpacking in /usr/local or ~/.local. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from '../lifetime.mjs';

/** Files of the release and their places in the archive, where shells and man look by default. */
const places = {
  'buildstream-linux-x64': 'bin/buildstream',
  'buildstream.1': 'share/man/man1/buildstream.1',
  'completions/buildstream.bash': 'share/bash-completion/completions/buildstream',
  'completions/_buildstream': 'share/zsh/site-functions/_buildstream',
  'completions/buildstream.fish': 'share/fish/vendor_completions.d/buildstream.fish',
  LICENSE: 'share/doc/buildstream/LICENSE',
  'THIRD-PARTY-NOTICES.txt': 'share/doc/buildstream/THIRD-PARTY-NOTICES.txt',
  'sbom.cdx.json': 'share/doc/buildstream/sbom.cdx.json',
};

/**
 * @param {string} releaseDir where the files are
 * @param {string} outfile absolute
 * @param {string} folder for intermediate files
 */
export async function makeArchive(releaseDir, outfile, folder) {
  const tree = path.join(folder, path.basename(outfile, '.tar.gz'));
  for (const [from, to] of Object.entries(places)) {
    mkdirSync(path.dirname(path.join(tree, to)), { recursive: true });
    copyFileSync(path.join(releaseDir, from), path.join(tree, to));
  }
  // User and group of the builder mean nothing on other machines.
  const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner'];
  await runQuietly('tar', ['-czf', outfile, ...same, '-C', folder, path.basename(tree)]);
}
