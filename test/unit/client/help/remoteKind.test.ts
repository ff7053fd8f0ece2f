import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remoteKind } from '@omnia-buildstream/client/help/remoteKind';

test('diagnostics tell the kind of a remote, never its address', () => {
  assert.equal(remoteKind(undefined), 'local');
  for (const kind of ['ssh-remote', 'wsl', 'dev-container']) assert.equal(remoteKind(kind), kind);
  for (const address of ['127.0.0.1:8080', 'code.private.example', 'oim', '[::1]:443'])
    assert.equal(remoteKind(address), 'another remote');
});
