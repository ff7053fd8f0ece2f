// `npm run schemas`: compiles the schema of failed_nodes.json to a plain function, so that nothing has to compile code
// at run time, and writes the schema of buildstream.yml.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { runQuietly } from './lifetime.mjs';
import { root, toolFile } from './paths.mjs';
import { siteSchema } from './schemas/siteSchema.mjs';

const standaloneCode = standaloneModule.default;
const source = path.join(root, 'schemas/failed_nodes.schema.json');
const target = path.join(root, 'packages/core/src/failedNodes/schemaValidator.generated.js');

/** The validator of failed_nodes.json as source text. */
export function compileFailedNodes() {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // Keywords of VS Code's JSON support, which ajv does not need to understand.
    keywords: ['defaultSnippets', 'enumDescriptions', 'patternErrorMessage'],
    code: { source: true, esm: true, lines: true },
  });
  const validate = ajv.compile(JSON.parse(readFileSync(source, 'utf8')));
  const code = standaloneCode(ajv, validate).replace(/^export default .*\n?/m, '');
  return `// Compiled from schemas/failed_nodes.schema.json by scripts/compileSchemas.mjs. Do not edit.\n${code}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(target, compileFailedNodes());
  const schema = path.join(root, 'schemas/buildstream.schema.json');
  writeFileSync(schema, siteSchema());
  // Formatted as it is committed.
  await runQuietly(process.execPath, [toolFile('oxfmt/bin/oxfmt'), schema], { cwd: root });
}
