/**
 * An esbuild plugin that reads libraries so that what nobody uses of them can be left out. The libraries of the language
 * server protocol come as CommonJS, of which a bundler keeps everything, and js-yaml in one file whose values look as if
 * making them did something. Their files are all written by one compiler in one form; a build fails at any other form.
 */
import { readFileSync } from 'node:fs';

/** @type {import('esbuild').Plugin} */
export const leanLibraries = {
  name: 'lean-libraries',
  setup(build) {
    const protocol =
      /[\\/]node_modules[\\/]vscode-(?:jsonrpc|language(?:client|server(?:-types|-protocol)?))[\\/]lib[\\/].*\.js$/;
    build.onLoad({ filter: protocol }, ({ path }) => ({ contents: asModule(readFileSync(path, 'utf8')) }));
    build.onLoad({ filter: /[\\/]js-yaml\.mjs$/ }, ({ path }) => ({
      contents: withPureValues(readFileSync(path, 'utf8')),
    }));
  },
};

const pure = '/* @__PURE__ */';
/** What the compiler of TypeScript puts at the top of a CommonJS module. */
const prologue = [
  /^"use strict";\n/m,
  /^Object\.defineProperty\(exports, "__esModule", .*\n/m,
  /^var __createBinding = [^]*?^\}\)\);\n/m,
  /^var __setModuleDefault = [^]*?^\};?\)?;\n/m,
  /^var __exportStar = .*\n[^]*?^\};\n/m,
  /^var __importStar = [^]*?^\}\)\(\);\n/m,
  /^var __importDefault = [^]*?^\};\n/m,
  /^(?:exports\.\w+ = )+void 0;\n/gm,
];

/**
 * A module as TypeScript's compiler writes it, CommonJS or ES, as an ES module; namespaces nobody uses can be left out.
 * @param {string} text
 * @returns {string}
 * @throws Error for what it does not know
 */
export function asModule(text) {
  const module = prologue
    .reduce((left, part) => left.replace(part, ''), pureNamespaces(text))
    .replace(/^__exportStar\(require\((".+?")\), exports\);/gm, 'export * from $1;')
    .replace(
      /^(?:const|var) (\w+) = (?:__import(?:Star|Default)\()?require\((".+?")\)\)?;/gm,
      'import * as $1 from $2;',
    )
    .replace(
      /^Object\.defineProperty\(exports, "(\w+)", \{ .* return (\w+)\.(\w+); \} \}\);/gm,
      'export const $1 = $2.$3;',
    )
    .replace(/^exports\.(\w+) = (\w+);/gm, 'export { $2 as $1 };')
    .replace(/^exports\.(\w+) = new /gm, `export const $1 = ${pure} new `)
    .replace(/^exports\.(\w+) = /gm, 'export const $1 = ')
    .replace(/\bexports\.(?=\w+\b(?! =[^=]))/g, '');
  const unknown = /^.*\b(?:exports\b|module\.|require\(|__\w+\().*$/m.exec(
    module.replace(/^\s*(?:\*|\/[/*]).*$/gm, ''),
  );
  if (unknown !== null) throw new Error(`Not written as TypeScript's compiler writes: ${unknown[0]}`);
  return module;
}

/**
 * Enumerations and namespaces: `var A; (function (A) { … })(A || (exports.A = A = {}));`. What is added to one that there
 * is already is added to it still.
 * @param {string} text
 */
function pureNamespaces(text) {
  return text
    .replace(
      /^(export )?var (\w+);\n((?:\/\*\*[^]*?\*\/\n|\/\/.*\n)*)\(function \(\2\) \{\n([^]*?)^\}\)\(\2 \|\| \((exports\.)?\2 = (?:\2 = )?\{\}\)\);/gm,
      (_whole, exported, name, comment, body, onExports) =>
        `${comment}${exported || onExports ? 'export ' : ''}const ${name} = ${pure} (function (${name}) {\n${body}    return ${name};\n})({});`,
    )
    .replace(/^\}\)\((\w+) \|\| \((?:exports\.\1 = )?\1 = \{\}\)\);/gm, '})($1);');
}

/**
 * A module whose values at the top only make things: those nobody uses can be left out.
 * @param {string} text
 * @returns {string}
 */
function withPureValues(text) {
  const value = /^var ([\w$]+) = ((?:new |define\w+Tag\(|\w+\.withTags\(|\{\n\t\.\.\.|\w+\.\w+(?=;))[^]*?);\n(?=\S)/gm;
  return text.replace(value, `var $1 = ${pure} (() => ($2))();\n`);
}
