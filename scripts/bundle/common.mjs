import { root } from '../paths.mjs';

/**
 * Options of every bundle.
 * @param {boolean} production minified, without source maps
 * @returns {import('esbuild').BuildOptions}
 */
export function commonOptions(production) {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // jsonc-parser's UMD build, which `main` names, does not survive bundling.
    mainFields: ['module', 'main'],
    minify: production,
    sourcemap: !production,
    legalComments: 'none',
    logLevel: 'warning',
  };
}
