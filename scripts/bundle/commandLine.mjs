/** How the command line becomes one or two files; see packages/cli/src/start. */
import path from 'node:path';
import { root } from '../paths.mjs';
import { packInto } from './pack.mjs';

const entries = { entry: 'packages/cli/src/main.ts', saver: 'packages/cli/src/start/saveCode.ts' };
/** Together with `entry`, everything that a check in a shell needs. */
const quick = ['packages/cli/src/validate/command.ts', 'packages/cli/src/validate/formats/text.ts'];

/**
 * @param {import('esbuild').BuildOptions} common options of every bundle
 * @param {{ outfile: string, isOneFile?: boolean, runtime?: readonly import('../notices.mjs').Notice[] }} target
 * `outfile` is absolute. There are two files, the second next to `outfile`, unless `isOneFile`, which makes every
 * command take longer to read. `runtime` are notices of the runtime, if it is shipped with the program
 * @returns {import('esbuild').BuildOptions & { metafile: true }}
 */
export function commandLine(common, { outfile, isOneFile = false, runtime = [] }) {
  return {
    ...common,
    entryPoints: [...Object.values(entries), ...quick],
    outdir: 'dist/cli',
    format: 'esm',
    splitting: true,
    write: false,
    sourcemap: false,
    entryNames: '[name]-[hash]',
    metafile: true,
    // Outside browsers, the SDK validates answers to its questions with ajv; we validate them ourselves.
    alias: {
      '@modelcontextprotocol/server/_shims': './node_modules/@modelcontextprotocol/server/dist/shimsBrowser.mjs',
    },
    plugins: [
      packInto(
        {
          ...entries,
          quick,
          outfile,
          ...(!isOneFile && { partsFile: outfile.replace(/\.js$/, '.parts.js') }),
          start: path.join(root, 'packages/cli/src/start/start.ts'),
          runtime,
        },
        common,
      ),
    ],
  };
}
