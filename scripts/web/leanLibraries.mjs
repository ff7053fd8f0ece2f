/**
 * An esbuild plugin that rewrites libraries so that their unused parts can be left out. The libraries of the language
 * server protocol come as CommonJS, of which a bundler keeps everything, and js-yaml as one file whose values seem to
 * have side effects. The files of the former all have the form that one compiler writes; a build fails for any other
 * form.
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
/** What TypeScript's compiler puts at the top of a CommonJS module. */
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
 * Converts a module as written by TypeScript's compiler, CommonJS or ES, to an ES module whose unused namespaces can be
 * left out.
 * @param {string} text
 * @returns {string}
 * @throws Error for code of an unknown form
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
 * Marks enumerations and namespaces as pure: `var A; (function (A) { … })(A || (exports.A = A = {}));`. Additions to an
 * existing one are kept.
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
 * Marks the top-level values of a module as pure, because they have no side effects: unused ones can be left out.
 * @param {string} text
 * @returns {string}
 */
function withPureValues(text) {
  const value = /^var ([\w$]+) = ((?:new |define\w+Tag\(|\w+\.withTags\(|\{\n\t\.\.\.|\w+\.\w+(?=;))[^]*?);\n(?=\S)/gm;
  return text.replace(value, `var $1 = ${pure} (() => ($2))();\n`);
}
