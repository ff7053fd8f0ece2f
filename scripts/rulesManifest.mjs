/**
 * `npm run manifest`: writes two parts of package.json. The catalog of findings in packages/core, described by the
 * first lines of their pages, becomes the schema of the setting `buildstream.rules`; the tools of packages/tools become
 * `languageModelTools`. A contract test calls {@link manifestWithRules} to check that this is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { schemaOf } from '@omnia-buildstream/tools/arguments/readArguments';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import { root } from './paths.mjs';

const manifestFile = path.join(root, 'package.json');
const severities = ['off', 'hint', 'info', 'warning', 'error'];
const versionNames = { 2.1: '2.1', 2.2: '2.2', 2.3: 'early 2.3', '2.3os': 'late 2.3', next: 'next' };

/** @param {string} text of package.json */
export function manifestWithRules(text) {
  const manifest = JSON.parse(text);
  const [mapping] = manifest.contributes.configuration;
  mapping.properties['buildstream.rules'].properties = Object.fromEntries(
    catalog.map((entry) => [entry.code, { type: 'string', enum: severities, description: describe(entry) }]),
  );
  manifest.contributes.languageModelTools = languageModelTools();
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The tools of packages/tools in VS Code's format. */
function languageModelTools() {
  return Object.entries({ ...readTools, ...writeTools }).map(([name, { description, fields }]) => ({
    name: `buildstream_${name}`,
    displayName: `%tool.${name}%`,
    modelDescription: description,
    toolReferenceName: `omnia_${name}`,
    canBeReferencedInPrompt: true,
    when: "config.buildstream.languageModels == 'chat' && isWorkspaceTrusted",
    inputSchema: schemaOf(fields),
  }));
}

/**
 * The first line of the rule's page, and its level in each version:
 * "Two rows have the same ADMIN_IP. (warning in 2.1, error from 2.2)".
 * @param {import('@omnia-buildstream/core/rules/catalog').CatalogEntry} entry
 */
function describe({ code, levels }) {
  const page = readFileSync(path.join(root, 'docs/rules', `${code}.md`), 'utf8');
  const summary = /^# .*\n+(.+)$/m.exec(page)?.[1];
  if (summary === undefined)
    throw new Error(`docs/rules/${code}.md must begin with a title and one line about the rule`);
  return `${summary.replaceAll('`', '')} (${describeLevels(levels)})`;
}

/** @param {import('@omnia-buildstream/core/mapping/versions').Levels} levels */
function describeLevels(levels) {
  /** @type {{ level: string, from: string, to: string }[]} */
  const runs = [];
  for (const version of omniaVersions) {
    const last = runs.at(-1);
    if (last?.level === levels[version]) last.to = versionNames[version];
    else runs.push({ level: levels[version], from: versionNames[version], to: versionNames[version] });
  }
  if (runs.length === 1) return runs[0]?.level ?? '';
  return runs.map(({ level, from, to }) => `${level} ${describeRun(from, to)}`).join(', ');
}

/**
 * @param {string} from
 * @param {string} to
 */
function describeRun(from, to) {
  if (from === to) return `in ${from}`;
  if (to === versionNames.next) return `from ${from}`;
  return from === '2.1' && to === '2.2' ? 'in 2.1 and 2.2' : `in ${from} to ${to}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(manifestFile, manifestWithRules(readFileSync(manifestFile, 'utf8')));
}
