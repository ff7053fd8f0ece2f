/** Packs the command line into one file that loads only the parts that a command needs; see packages/cli/src/start. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';

/**
 * An esbuild plugin: what would be written as modules in a folder becomes one file.
 * @param {{ outfile: string, start: string, entry: string, saver: string }} files absolute, but for `entry` and `saver`
 *   which are among the entry points
 * @param {esbuild.BuildOptions} common options of every bundle
 * @returns {esbuild.Plugin}
 */
export function packInto({ outfile, start, entry, saver }, common) {
  return {
    name: 'pack',
    setup(build) {
      build.onEnd(async ({ outputFiles = [], metafile, errors }) => {
        if (errors.length > 0 || metafile === undefined) return;
        const outputs = new Map(
          Object.entries(metafile.outputs).map(([file, output]) => [path.basename(file), output]),
        );
        /** @param {string} source */
        const partOf = (source) => {
          const found = [...outputs].find(([, { entryPoint }]) => entryPoint === source);
          if (found === undefined) throw new Error(`${source} is no entry point`);
          return `./${found[0]}`;
        };
        /** @type {Record<string, { at: number, length: number, imports: string[] }>} */
        const parts = {};
        const lines = [];
        let size = 0;
        for (const { path: file, text } of outputFiles) {
          const name = path.basename(file);
          const { code } = await esbuild.transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            charset: 'ascii',
            // Every start of the command reads all of the file, so names stay for stack traces, and blanks go.
            minifyWhitespace: true,
            minifySyntax: true,
            minifyIdentifiers: common.minify ?? false,
            supported: { 'dynamic-import': false },
            legalComments: 'none',
            loader: 'js',
          });
          const imports = (outputs.get(name)?.imports ?? [])
            .filter(({ kind, external }) => kind === 'import-statement' && !external)
            .map((imported) => `./${path.basename(imported.path)}`);
          const json = JSON.stringify(code).replaceAll(/[^ -~]/g, escaped);
          const line = `//${json}\n`;
          parts[`./${name}`] = { at: size + 2, length: json.length, imports };
          lines.push(line);
          size += line.length;
        }
        const data = lines.join('');
        const key = createHash('sha256').update(data).digest('hex').slice(0, 16);
        const pack = { key, size, parts, entry: partOf(entry), saver: partOf(saver) };
        const program = await esbuild.build({
          ...common,
          sourcemap: false,
          entryPoints: [start],
          write: false,
          charset: 'ascii',
          define: { PACK: JSON.stringify(pack) },
        });
        mkdirSync(path.dirname(outfile), { recursive: true });
        writeFileSync(outfile, `${program.outputFiles[0]?.text.trimEnd() ?? ''}\n${data}`);
      });
    },
  };
}

/** @param {string} unit one code unit, which JSON may hold as an escape too */
function escaped(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
