import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');

/** Phrases that read as translated, or that only we understand, and their replacements. */
const banned: readonly [phrase: RegExp, instead: string][] = [
  [/stands here again/i, 'Duplicate …'],
  [/(?<!\b[Tt]here )\bis no (?!longer\b|such\b|more\b)[a-zA-Z]/, 'is not a …'],
  [/\bmust go\b/i, 'Remove …'],
  [/\bfor want of\b/i, 'missing …'],
  [/\bgoes on on\b/i, 'keeps running on'],
  [/\bthe view (?:Nodes|Pipelines)\b/i, 'the Nodes view, the Pipelines view'],
  [/\bends (?:only|the following)\b/i, 'stops …'],
  [/\bnobody knows\b|\bnobody can say\b/i, 'it is unknown'],
  [/\bcould not do that\b/i, 'what happened'],
  [/\bplease\b/i, 'nothing'],
  [/\bwaits for (?:Play|its turn)\b/i, 'waiting for manual start, queued'],
  [/\bBy the management server\b/, 'On the Management Server'],
  [/\bas far as git tells\b/i, 'nothing'],
  [/\bReplace by\b/, 'Replace with'],
  [/\bOIM\b/, 'the management server'],
  [/\bpress(?:es|ed)? Play\b|\bis played\b|\bwas played\b|\bbe played\b/i, 'run'],
  [/\b(?:Tick|tick) (?:the|nodes)\b|\b[Tt]icked\b|\b[Uu]ntick/, 'select, clear'],
  [/\bgone on with\b/i, 'resumed'],
  [/\bWhich \w+\?$/, 'Select …'],
  [/\b[Ll]ook before you\b|\b[Ll]ook again\b/, 'Check …, Review …'],
  [/\b(?:GitLab|API|server|lab) (?:does|did) not answer\b/, 'is not responding, did not respond'],
  [/\b[Hh]ost names?\b/, 'hostname'],
  [/\b(?:licences?|cancelled|recognised|initialised|behaviours?|colours?|dialogues?)\b(?<!^\w+)/i, 'American spelling'],
];

/** Every text in the code, except in imports, with its location. */
function textsOf(file: string): [place: string, text: string][] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: [string, string][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push([`${file}:${String(line + 1)}`, node.text]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const code = globSync('{client,server,packages/*}/src/**/*.ts', { cwd: root }).flatMap(textsOf);
const manifest = Object.entries(
  JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>,
).map(([key, text]): [string, string] => [`package.nls.json: ${key}`, text]);

/**
 * Pages for users and contributors, line by line, without code. Pages of facts are excluded, because they quote others.
 */
const pages = globSync(['*.md', 'docs/*.md', 'docs/rules/*.md', 'media/walkthrough/*.md', 'sample/*.md'], {
  cwd: root,
}).flatMap((file) =>
  readFileSync(path.join(root, file), 'utf8')
    .replaceAll(/```[^]*?```/g, (block) => '\n'.repeat(block.split('\n').length - 1))
    .split('\n')
    .map((line, index): [string, string] => [`${file}:${String(index + 1)}`, line.replaceAll(/`[^`]*`/g, '``')]),
);

/** Messages of Omnia and GitLab themselves. */
const wordsOfOthers: ReadonlySet<string> = new Set([
  'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually',
  'The branch was changed in the meantime. Please try again.',
]);

test('no text reads as if it was translated word by word', () => {
  const wrong = [...code, ...manifest, ...pages].flatMap(([place, text]) =>
    banned
      .filter(([phrase]) => phrase.test(text) && !wordsOfOthers.has(text))
      .map(([, instead]) => `${place}: "${text.trim().slice(0, 100)}": write "${instead}"`),
  );
  assert.deepEqual(wrong, []);
});

/**
 * One word per concept, in Microsoft's German style. The pattern is the banned wording; the text says what to write.
 */
const bannedInGerman: readonly [phrase: RegExp, instead: string][] = [
  [/(?<![-\w])Nodes?(?![-\w.])/, 'Knoten'],
  [/[Gg]ebootet|\bbootet\b|\bbooten\b/, 'gestartet, startet, starten'],
  [/\b[Ww]iederholen\b(?! Sie das)/, 'erneut versuchen'],
  [/\b[Gg]escheitert/, 'fehlgeschlagen'],
  [/Zuordnungsdatei/, 'Mapping-Datei'],
  [/Steuerebene|Control Plane/, 'Steuerungsebene'],
  [/Steuerknoten|Verwaltungsknoten/, 'Steuerungsknoten'],
  [/Anmeldeknoten/, 'Login-Knoten'],
  [/Funktionsgruppe/, 'funktionale Gruppe'],
  [/\bAuftrags?\b|\bAufträge/, 'Job'],
  [/Downstream-Pipeline|[Uu]ntergeordnete Pipeline/, 'nachgelagerte Pipeline, Kind-Pipeline'],
  [/(?:Job|Playbook)-Logs?\b|(?<![-\w])Log(?![-\w])/, 'Protokoll'],
  [/diese[rmn]? Rechner|Kommandozeile/, 'Computer, Befehlszeile'],
  [/Kennwort|Anmeldedaten/, 'Passwort, Zugangsdaten'],
  [/[Bb]erichtig/, 'korrigieren'],
  [/(?:Strom|Energie)zustand/, 'Einschaltzustand'],
  [/ (?:zeigen|wählen)(?:…?$|\])/m, 'anzeigen, auswählen'],
  [/Stufe (?:Validieren|Neustart|Bereitstellen|Restart)\b|Neustart-Stufe/, 'Restart-Stufe …'],
  [/muss weg|[Nn]iemand weiß|steht hier noch einmal|Omnia will\b|Soweit git/, 'wie das Englische'],
  [/Imagegruppe/, 'Image-Gruppe'],
  [/(?:Deploy|Restart|Validate)-Stage/, 'Restart-Stufe …'],
  [/Management-Server|Managementserver/, 'Verwaltungsserver'],
  [/\p{L} …/u, '… ohne Leerzeichen davor'],
  [/festgelegtes? Zertifikat/, 'angeheftetes Zertifikat'],
];

test('German has one word for each thing', () => {
  const files = globSync(['l10n/bundle.l10n.de.json', 'package.nls.de.json'], { cwd: root });
  assert.equal(files.length, 2);
  const wrong = files.flatMap((file) =>
    Object.values(JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Readonly<Record<string, string>>).flatMap(
      (text) =>
        bannedInGerman
          .filter(([phrase]) => phrase.test(text))
          .map(([, instead]) => `${file}: "${text.slice(0, 100)}": write "${instead}"`),
    ),
  );
  assert.deepEqual(wrong, []);
});
