import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Script } from 'node:vm';
import * as esbuild from 'esbuild';
import { asModule, leanLibraries } from '../../../scripts/web/leanLibraries.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
/** Two modules each define their own: CommonJS takes the first, ES modules neither. */
const ambiguous = ['createMessageConnection', 'createProtocolConnection'];

suite('libraries in the package for browsers', () => {
  for (const library of ['vscode-languageserver/browser', 'vscode-languageclient/browser', 'js-yaml']) {
    test(`${library} has the same in it, read so that what nobody uses is left out`, async () => {
      const lean = contents(await load(library, [leanLibraries]));
      const whole = contents(await load(library, []));
      const names = new Set(lean.map(([name]) => name));
      assert.deepEqual(
        lean,
        whole.filter(([name]) => names.has(name) || !ambiguous.includes(name)),
      );
      assert.ok(lean.length > 20);
    });
  }

  test('a build that asks for a name of two modules fails', async () => {
    for (const name of ambiguous) {
      const asking = bundle(`import { ${name} as it } from 'vscode-languageserver/browser'; it();`, [leanLibraries]);
      await assert.rejects(asking, /[Aa]mbiguous/, name);
    }
  });

  test('code in another form than that of the compiler is refused, not bundled as something else', () => {
    for (const line of [
      'module.exports = class {};',
      'if (wanted) exports.late = require("./late");',
      'const late = __importFrom(require("./late"));',
    ])
      assert.throws(() => asModule(`"use strict";\nexports.early = void 0;\n${line}\n`), /Not written as/, line);
  });

  test('a word in a comment is none of its code', () => {
    const module = asModule('// exports what require("x") gave\nexports.a = new A();\n');
    assert.equal(module, '// exports what require("x") gave\nexport const a = /* @__PURE__ */ new A();\n');
  });
});

async function bundle(code: string, plugins: esbuild.Plugin[]): Promise<string> {
  const { outputFiles, warnings } = await esbuild.build({
    stdin: { contents: code, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    mainFields: ['browser', 'module', 'main'],
    external: ['vscode'],
    logLevel: 'silent',
    write: false,
    plugins,
  });
  assert.deepEqual(warnings, []);
  return outputFiles[0]?.text ?? '';
}

/** All its exports, as in a bundle for browsers. */
async function load(library: string, plugins: esbuild.Plugin[]): Promise<object> {
  const code = await bundle(`import * as all from '${library}'; module.exports = all;`, plugins);
  const script = new Script(`(function (module, require, self) {${code}\n})`);
  const loaded = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(loaded, () => editorFor(code), { addEventListener: () => undefined });
  return loaded.exports;
}

/** A fake editor API with a class for each name that the code uses, because some are extended. */
function editorFor(code: string): object {
  const asked = [...code.matchAll(/\b(?:vs)?code\w*\.([A-Z]\w*)/gi)].map(([, name = '']) => name);
  return Object.fromEntries(asked.map((name) => [name, Object]));
}

/** Names and kinds of values, including nested ones, to a limited depth. */
function contents(of: object, depth = 3): [string, unknown][] {
  return Object.entries(of)
    .filter(([name]) => name !== '__esModule' && name !== 'default')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, shape(value, depth)]);
}

function shape(of: unknown, depth: number): unknown {
  if (typeof of === 'function' && depth > 0)
    return { methods: Object.getOwnPropertyNames(of.prototype ?? {}), statics: contents(of, depth - 1) };
  if (typeof of === 'object' && of !== null && depth > 0) return contents(of, depth - 1);
  return typeof of === 'string' || typeof of === 'number' ? of : typeof of;
}
