/**
 * Scripts of webviews, each with everything that it needs: nothing of Node or VS Code is there.
 * @type {import('esbuild').BuildOptions[]}
 */
export const pages = ['fleetMap', 'runTimeline'].map((name) => ({
  entryPoints: [`client/src/pages/${name}/page.ts`],
  outfile: `dist/${name}.js`,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
}));
