/** Packs the command line into one file that loads only the parts that a command needs; see packages/cli/src/start. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as esbuild from 'esbuild';

import { textModules, textParts } from './texts.mjs';

/** @typedef {import('../../packages/cli/src/start/pack.ts').Pack} Pack */

/** Node reads the file to its end before it runs its beginning, so parts that a quick command does without take less room. */
const deflatedFrom = 2_000;
const quickPart = './quick.js';
const keyDigits = 16;
/** A part is one comment line. */
const lineFeedStandIn = '\u001f';

/**
 * @typedef {object} PackedFiles
 * @property {string} outfile absolute
 * @property {string} start absolute: the program that loads parts
 * @property {string} entry an entry point, as the next three
 * @property {string} saver
 * @property {readonly string[]} quick with `entry` and all that they need one part
 * @property {string} [apart] what it alone needs lies in a file of its own, which no other command reads
 * @property {readonly import('../notices.mjs').Notice[]} runtime whose licences are told besides those of what is bundled
 */

/**
 * An esbuild plugin: what would be written as modules in a folder becomes one file.
 * @param {PackedFiles} files
 * @param {esbuild.BuildOptions} common options of every bundle
 * @returns {esbuild.Plugin}
 */
export function packInto({ outfile, start, entry, saver, quick, apart, runtime }, common) {
  return {
    name: 'pack',
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path: name }) =>
        textModules.includes(name) ? { path: name, external: true } : undefined,
      );
      build.onEnd(async ({ outputFiles = [], metafile, errors }) => {
        if (errors.length > 0 || metafile === undefined) return;
        const outputs = new Map(
          Object.entries(metafile.outputs).map(([file, output]) => [`./${path.basename(file)}`, output]),
        );
        const texts = new Map(outputFiles.map(({ path: file, text }) => [`./${path.basename(file)}`, text]));
        /** @param {string} source */
        const partOf = (source) => {
          const found = [...outputs].find(([, { entryPoint }]) => entryPoint === source);
          if (found === undefined) throw new Error(`${source} is no entry point`);
          return found[0];
        };
        /** @param {string} name */
        const importsOf = (name) =>
          (outputs.get(name)?.imports ?? [])
            .filter(({ kind, external }) => kind === 'import-statement' && !external)
            .map((imported) => `./${path.basename(imported.path)}`);
        /** @param {string} name */
        const reachedFrom = (name) =>
          (outputs.get(name)?.imports ?? [])
            .filter(({ external }) => !external)
            .map(({ path: file }) => `./${path.basename(file)}`);
        const apartEntry = apart === undefined ? undefined : partOf(apart);
        const together = new Set([entry, saver, ...quick].map(partOf));
        for (const name of together) {
          for (const reached of reachedFrom(name)) if (reached !== apartEntry) together.add(reached);
        }
        const merged = new Set([entry, ...quick].map(partOf));
        for (const name of merged) for (const imported of importsOf(name)) merged.add(imported);
        /** @type {Record<string, import('../../packages/cli/src/start/pack.ts').Part>} */
        const parts = {};
        /** @type {string[]} */
        const lines = [];
        let size = 0;
        /** @type {string[]} */
        const apartLines = [];
        let apartSize = `//${'0'.repeat(keyDigits)}\n`.length;
        /** @param {string} name @param {string} code @param {boolean} isDeflated @param {boolean} isApart */
        const add = (name, code, isDeflated, isApart) => {
          const isUsable = (/** @type {string} */ unit) =>
            unit <= '\u007f' && (isDeflated || (unit !== '\r' && unit !== lineFeedStandIn));
          const unusable = [...code].findIndex((unit) => !isUsable(unit));
          if (unusable !== -1) throw new Error(`${name}: ${unusableText(code, unusable)}`);
          // As a script of its own, or a member of an array of them.
          const script = `(function(module,exports,require,__dirname){${code}\n})`;
          const packed = isDeflated
            ? deflateRawSync(Buffer.from(script, 'latin1')).toString('base64')
            : script.replaceAll('\n', lineFeedStandIn);
          const line = `//${packed}\n`;
          const imports = importsOf(name).filter((imported) => !merged.has(imported));
          const place = isApart
            ? { at: apartSize + 2, length: packed.length, isApart }
            : { at: size + 2, length: packed.length };
          parts[name] = { ...place, imports, ...(isDeflated && { deflated: true }) };
          (isApart ? apartLines : lines).push(line);
          if (isApart) apartSize += line.length;
          else size += line.length;
        };
        const partOptions = /** @type {const} */ ({
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
        });
        add(quickPart, await oneModuleOf([...merged], texts, partOptions), false, false);
        for (const [name, text] of texts) {
          if (merged.has(name)) continue;
          const { code } = await esbuild.transform(text, { ...partOptions, loader: 'js' });
          add(name, code, code.length >= deflatedFrom, apart !== undefined && !together.has(name));
        }
        for (const [name, code] of textParts(common.absWorkingDir ?? '.', Object.keys(metafile.inputs), runtime))
          add(name, code, true, false);
        const data = lines.join('');
        const apartData = apartLines.join('');
        const key = createHash('sha256').update(data).update(apartData).digest('hex').slice(0, keyDigits);
        const apartFile =
          apart === undefined ? undefined : `${path.basename(outfile, '.js')}.${path.basename(path.dirname(apart))}.js`;
        /** @type {Pack} */
        const pack = {
          key,
          size,
          parts,
          ...(apartFile !== undefined && { apart: apartFile }),
          merged: { part: quickPart, names: [...merged] },
          entry: partOf(entry),
          saver: partOf(saver),
        };
        const program = await esbuild.build({
          ...common,
          sourcemap: false,
          entryPoints: [start],
          write: false,
          charset: 'ascii',
          define: { PACK: JSON.stringify(JSON.stringify(pack)) },
        });
        mkdirSync(path.dirname(outfile), { recursive: true });
        if (apartFile !== undefined)
          writeFileSync(path.join(path.dirname(outfile), apartFile), `//${key}\n${apartData}`);
        writeFileSync(outfile, `${program.outputFiles[0]?.text.trimEnd() ?? ''}\n${data}`);
      });
    },
  };
}

/**
 * Modules as one: its exports are functions by their names, each of which runs its module when it has not yet and gives
 * what that exports. They reach each other at once, not through exports.
 * @param {readonly string[]} names
 * @param {ReadonlyMap<string, string>} texts
 * @param {esbuild.BuildOptions} options
 */
async function oneModuleOf(names, texts, options) {
  const contents = names.map((name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`);
  const { outputFiles } = await esbuild.build({
    ...options,
    bundle: true,
    write: false,
    logLevel: 'warning',
    stdin: { contents: contents.join('\n'), resolveDir: '.' },
    plugins: [
      {
        name: 'parts',
        setup(build) {
          build.onResolve({ filter: /^#/ }, ({ path: name }) => ({ path: name, external: true }));
          build.onResolve({ filter: /^\.\// }, ({ path: name }) =>
            names.includes(name) ? { path: name, namespace: 'part' } : { path: name, external: true },
          );
          build.onLoad({ filter: /./, namespace: 'part' }, ({ path: name }) => ({ contents: texts.get(name) ?? '' }));
        },
      },
    ],
  });
  return outputFiles?.[0]?.text ?? '';
}

/**
 * esbuild leaves regular expressions and tagged templates as they are, and one character beyond ASCII makes all of the code twice as large in memory.
 * @param {string} code
 * @param {number} at
 */
function unusableText(code, at) {
  return `write as an escape what is not ASCII in a regular expression or a tagged template: ${code.slice(Math.max(0, at - 40), at + 40)}`;
}
