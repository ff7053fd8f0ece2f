/** Packs the command line into a program that loads only the parts that a command needs; see packages/cli/src/start. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as esbuild from 'esbuild';

import { textModules, textParts } from './texts.mjs';

/** @typedef {import('../../packages/cli/src/start/pack.ts').Pack} Pack */

/**
 * Parts of at least this length are compressed if they follow the program, because then every command reads them. In a
 * separate file, each part is read as it is.
 */
const deflatedFrom = 2_000;
const keyDigits = 16;
/** Replaces line feeds, because a part is one comment line. */
const lineFeedStandIn = '\u001f';
const notInLines = new RegExp(`[\\u0080-\\uffff]|\\r|${lineFeedStandIn}`);

/**
 * @typedef {object} PackedFiles
 * @property {string} outfile absolute
 * @property {string} start absolute: the program that loads the parts
 * @property {string} entry an entry point, like the next two
 * @property {string} saver
 * @property {readonly string[]} quick these, `entry` and everything that they need form one part, which is in the
 * program
 * @property {string} [partsFile] absolute, in the same folder: the other parts, so that no quick command reads them.
 * Without it they follow the program
 * @property {readonly import('../notices.mjs').Notice[]} runtime notices to add to those of the bundled packages
 */

/**
 * An esbuild plugin that packs the output modules into one file or two, instead of writing them to a folder.
 * @param {PackedFiles} files
 * @param {esbuild.BuildOptions} common options of every bundle
 * @returns {esbuild.Plugin}
 */
export function packInto({ outfile, partsFile, start, entry, saver, quick, runtime }, common) {
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
        const merged = new Set([entry, ...quick].map(partOf));
        for (const name of merged) for (const imported of importsOf(name)) merged.add(imported);
        /** @type {Record<string, import('../../packages/cli/src/start/pack.ts').Part>} */
        const parts = {};
        /** @type {string[]} */
        const lines = [];
        let size = 0;
        /** @param {string} name @param {string} code @param {boolean} isDeflated */
        const add = (name, code, isDeflated) => {
          refuse(isDeflated ? /[\u0080-\uffff]/ : notInLines, name, code);
          const packed = isDeflated
            ? deflateRawSync(Buffer.from(scriptOf(code), 'latin1')).toString('base64')
            : scriptOf(code).replaceAll('\n', lineFeedStandIn);
          const line = `//${packed}\n`;
          const imports = importsOf(name).filter((imported) => !merged.has(imported));
          parts[name] = { at: size + 2, length: packed.length, imports, ...(isDeflated && { deflated: true }) };
          lines.push(line);
          size += line.length;
        };
        const partOptions = /** @type {const} */ ({
          format: 'cjs',
          platform: 'node',
          target: 'node20',
          charset: 'ascii',
          // Every start of the command reads the whole file, so whitespace is always removed. Development builds keep
          // the names for stack traces.
          minifyWhitespace: true,
          minifySyntax: true,
          minifyIdentifiers: common.minify ?? false,
          supported: { 'dynamic-import': false },
          legalComments: 'none',
        });
        const quickCode = await oneModuleOf([...merged], texts, partOptions);
        refuse(notInLines, 'the quick part', quickCode);
        const quickText = `function quickPart(){/*${scriptOf(quickCode).replaceAll('*/', `*${lineFeedStandIn}/`)}*/}\n`;
        for (const [name, text] of texts) {
          if (merged.has(name)) continue;
          const { code } = await esbuild.transform(text, { ...partOptions, loader: 'js' });
          const isLarge = partsFile === undefined && code.length >= deflatedFrom;
          add(name, code, isLarge || notInLines.test(code));
        }
        for (const [name, code] of textParts(common.absWorkingDir ?? '.', Object.keys(metafile.inputs), runtime))
          add(name, code, true);
        const index = `//${JSON.stringify(parts)}\n`;
        const data = index + lines.join('');
        const key = createHash('sha256').update(quickText).update(data).digest('hex').slice(0, keyDigits);
        /** @type {Pack} */
        const pack = {
          key,
          size: data.length,
          index: index.length,
          ...(partsFile !== undefined && { apart: path.basename(partsFile) }),
        };
        const program = await esbuild.build({
          ...common,
          sourcemap: false,
          entryPoints: [start],
          write: false,
          charset: 'ascii',
          define: {
            PACK: JSON.stringify(pack),
            ENTRY: JSON.stringify(partOf(entry)),
            SAVER: JSON.stringify(partOf(saver)),
          },
        });
        mkdirSync(path.dirname(outfile), { recursive: true });
        const text = `${program.outputFiles[0]?.text.trimEnd() ?? ''}\n${quickText}`;
        if (partsFile !== undefined) writeFileSync(partsFile, `//${key}\n${data}`);
        writeFileSync(outfile, partsFile === undefined ? `${text}${data}` : text);
      });
    },
  };
}

/**
 * Combines modules into one. It exports a function by the name of each module, which runs the module if it has not run
 * yet and returns its exports. The modules reach each other directly, not through these exports.
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
          build.onLoad({ filter: /./, namespace: 'part' }, ({ path: name }) => ({
            contents: withoutCopies(texts.get(name) ?? ''),
          }));
        },
      },
    ],
  });
  return outputFiles?.[0]?.text ?? '';
}

/**
 * Requires Node's modules as they are: for a default import, esbuild would make a copy of each, property by property.
 * @param {string} code as esbuild writes it
 */
function withoutCopies(code) {
  return code.replaceAll(/\bimport (\w+) from ?"(node:\w+)";/g, 'const $1 = require("$2");');
}

/**
 * Wraps the code of a CommonJS module as a script, or as an element of an array of scripts.
 * @param {string} code
 */
function scriptOf(code) {
  return `(function(module,exports,require,__dirname){${code}\n})`;
}

/**
 * Refuses code with unusable characters, because esbuild leaves regular expressions and tagged templates as they are. A
 * single non-ASCII character doubles the memory that all of the code takes.
 * @param {RegExp} unusable
 * @param {string} name
 * @param {string} code
 */
function refuse(unusable, name, code) {
  const at = code.search(unusable);
  if (at === -1) return;
  const place = code.slice(Math.max(0, at - 40), at + 40);
  throw new Error(`${name}: write in another way what is not ASCII in an expression or a tagged template: ${place}`);
}
