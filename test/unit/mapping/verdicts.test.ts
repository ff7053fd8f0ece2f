import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { decode } from '@omnia-buildstream/cli/validate/decode';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import { severityOf } from '@omnia-buildstream/core/validation/settings';

/** Compares our findings with the verdict of each Omnia version on the files in test/fixtures/mapping. */

interface Expected {
  readonly category: string;
  /** Physical line, counted from 1. Undefined if Omnia cannot tell. */
  readonly line?: number;
}

interface Verdict {
  readonly ok: boolean;
  /** The first failing check of 2.2; `all_errors` also has the others. */
  readonly errors: readonly Expected[];
  readonly all_errors?: readonly Expected[];
  readonly context: {
    readonly share?: string;
    readonly dns_enabled?: boolean;
    readonly software?: readonly string[];
    readonly network_spec?: string;
  };
  /** Our warnings if 2.2 accepts the file. */
  readonly stricter: readonly string[];
  readonly other_versions: Readonly<Record<string, Pick<Verdict, 'ok' | 'errors'>>>;
}

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly line: number;
}

const folder = path.resolve(import.meta.dirname, '../../fixtures/mapping');
const verdicts = JSON.parse(readFileSync(path.join(folder, 'verdicts.json'), 'utf8')) as Record<string, Verdict>;

for (const [file, verdict] of Object.entries(verdicts)) {
  for (const version of omniaVersions) {
    const errors = version === '2.2' ? (verdict.all_errors ?? verdict.errors) : verdict.other_versions[version]?.errors;
    if (errors === undefined) continue;
    test(`${file} in ${version}: ${[...new Set(errors.map(({ category }) => category))].join(', ') || 'accepted'}`, () => {
      const found = validate(file, version, verdict.context);
      const ours = found.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.filter((expected) => !ours.some((candidate) => matches(candidate, expected))),
        [],
        `found only ${JSON.stringify(found)}`,
      );
      // For 2.1, the verdicts name only the first failing check.
      if (version === '2.1' && errors.length > 0) return;
      assert.deepEqual(
        ours.filter((candidate) => !errors.some((expected) => matches(candidate, expected))),
        [],
      );
    });
  }
  if (verdict.stricter.length === 0) continue;
  test(`${file} is accepted by 2.2 with a warning: ${verdict.stricter.join(', ')}`, () => {
    const found = validate(file, '2.2', verdict.context);
    const warnings = new Set(found.filter(({ severity }) => severity === 'warning').map(({ code }) => code));
    assert.deepEqual(
      verdict.stricter.filter((code) => !warnings.has(code)),
      [],
      `found only ${JSON.stringify(found)}`,
    );
  });
}

function matches(found: Found, expected: Expected): boolean {
  return found.code === expected.category && (expected.line === undefined || found.line === expected.line);
}

function validate(file: string, version: OmniaVersion, given: Verdict['context']): Found[] {
  const { text, encoding } = decode(readFileSync(path.join(folder, file)));
  const document = new CsvDocument(text);
  const settings = { version, context: contextOf(given, version), overrides: new Map<string, never>(), encoding };
  return new MappingModel(document, mappingRules, settings).sortedFindings().map((finding) => ({
    code: finding.rule.code,
    severity: severityOf(finding, settings),
    line: rangeOf(document, finding.place).start.line + 1,
  }));
}

function contextOf(given: Verdict['context'], version: OmniaVersion): ValidationContext {
  const specText = given.network_spec && readFileSync(path.join(folder, given.network_spec), 'utf8');
  const network = specText ? parseNetworkSpec(specText, version).value : undefined;
  return {
    share: given.share?.toLowerCase() === 'local' ? 'local' : 'nfs',
    dnsEnabled: given.dns_enabled ?? false,
    software: new Set(given.software ?? ['service_k8s', 'slurm_custom']),
    ...(network && { network }),
  };
}
