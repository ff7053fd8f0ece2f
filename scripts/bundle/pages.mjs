/**
 * Scripts of webviews. Each contains everything that it needs, because Node and VS Code are not available there.
 * @type {import('esbuild').BuildOptions[]}
 */
export const pages = ['fleetMap', 'runTimeline'].map((name) => ({
  entryPoints: [`client/src/pages/${name}/page.ts`],
  outfile: `dist/${name}.js`,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
}));
