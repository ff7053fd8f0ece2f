import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mappingTemplate } from '@omnia-buildstream/client/commands/mappingTemplate';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';

for (const version of omniaVersions) {
  test(`a new file for Omnia ${version} has no problem`, () => {
    const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'utf8' } } as const;
    const model = new MappingModel(new CsvDocument(mappingTemplate(version)), mappingRules, settings);
    assert.deepEqual(
      model.findings().map(({ rule }) => rule.code),
      [],
    );
    assert.equal(model.rowCount, 4);
  });
}
