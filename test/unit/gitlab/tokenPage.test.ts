import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasOwnTokenForm, tokenPage } from '@omnia-buildstream/gitlab/project/tokenPage';

test('GitLab has a form of its own for a token from 18.11 on', () => {
  const versions: Readonly<Record<string, boolean | undefined>> = {
    '17.0.0': false,
    '18.9.1': false,
    '18.10.4-ee': false,
    '18.11.0': true,
    '18.11.2-ee': true,
    '19.0.0-pre': true,
    '20.1': true,
    unknown: undefined,
  };
  for (const [version, own] of Object.entries(versions)) assert.equal(hasOwnTokenForm(version), own, version);
});

test('its address has name and scope, also below a path', () => {
  const filled = '?name=Omnia+BuildStreaM&scopes=api';
  assert.equal(
    tokenPage('https://gitlab.example.com', false),
    `https://gitlab.example.com/-/user_settings/personal_access_tokens${filled}`,
  );
  assert.equal(
    tokenPage('https://host/gitlab', true),
    `https://host/gitlab/-/user_settings/personal_access_tokens/legacy/new${filled}`,
  );
});
