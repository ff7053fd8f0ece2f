/**
 * Bundles the extension, the language server, the command line and the tests that run inside VS Code. Switches:
 * --production (minified, no source maps, no tests), --tests (includes the tests anyway), --watch.
 */
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { commandLine } from './scripts/bundle/commandLine.mjs';
import { commonOptions } from './scripts/bundle/common.mjs';
import { pages } from './scripts/bundle/pages.mjs';
import { noticesFile, noticesOf, noticesText, writeBundled } from './scripts/notices.mjs';

const root = import.meta.dirname;
const production = process.argv.includes('--production');
const withTests = !production || process.argv.includes('--tests');
const watch = process.argv.includes('--watch');

const common = commonOptions(production);

/**
 * Parts of the client with separate bundles: `await import()` loads a part on first use, so that VS Code does not read
 * it at every start.
 */
const lateParts = [
  'client/src/language/languageClient.ts',
  'client/src/pipelines/gitlab.ts',
  'client/src/stages/stages.ts',
  'client/src/table/importNodes.ts',
  'client/src/tools/tools.ts',
];

/** @type {esbuild.Plugin} */
const loadLate = {
  name: 'load-late',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path: specifier, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.relative(root, path.join(resolveDir, specifier)).replaceAll('\\', '/');
      if (!lateParts.includes(file)) return { errors: [{ text: `Name ${file} in lateParts of esbuild.mjs.` }] };
      return { path: `./${path.basename(file, '.ts')}.js`, external: true };
    });
  },
};

/**
 * Only the client can resolve 'vscode': importing it anywhere else in the product fails the build.
 * @type {esbuild.BuildOptions}
 */
const client = {
  ...common,
  external: ['vscode'],
  plugins: [loadLate],
  // VS Code provides the module 'vscode' only to require().
  supported: { 'dynamic-import': false },
};

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  { ...client, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js' },
  ...lateParts.map((file) => ({ ...client, entryPoints: [file], outfile: `dist/${path.basename(file, '.ts')}.js` })),
  ...pages.map((page) => ({ ...common, ...page })),
  { ...common, entryPoints: ['server/src/main.ts'], outfile: 'dist/server.js' },
  commandLine(common, { outfile: path.join(root, 'dist/cli.js') }),
];
const shipped = bundles.length;
if (withTests) {
  const tests = globSync('test/e2e/suite/*.test.ts', { cwd: root });
  bundles.push({
    ...common,
    entryPoints: ['test/e2e/index.ts', ...tests],
    outbase: 'test/e2e',
    outdir: 'dist/test',
    external: ['vscode', 'mocha'],
  });
}

/** @type {Set<string>} */
const inputs = new Set();
await Promise.all(
  bundles.map(async (options, index) => {
    const entries = /** @type {string[]} */ (options.entryPoints);
    const missing = entries.filter((entry) => !existsSync(path.join(root, entry)));
    if (missing.length > 0) throw new Error(`Entry point not found: ${missing.join(', ')}`);
    if (watch) {
      const context = await esbuild.context({ ...options, logLevel: 'info' });
      await context.watch();
    } else {
      const { metafile } = await esbuild.build({ ...options, metafile: true });
      if (index < shipped) for (const input of Object.keys(metafile.inputs)) inputs.add(input);
    }
  }),
);
if (!watch) {
  mkdirSync(path.dirname(noticesFile), { recursive: true });
  const notices = noticesOf(inputs);
  writeFileSync(noticesFile, noticesText(notices));
  writeBundled(notices);
}
