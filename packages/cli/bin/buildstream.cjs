#!/usr/bin/env node
'use strict';

// The command line is one bundle. This file only finds it, so that `npx buildstream` works in a checkout.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const bundle = join(__dirname, '../../../dist/cli.js');
if (existsSync(bundle)) {
  require(bundle);
} else {
  console.error('buildstream is not built yet: run `npm run build` in the root of the checkout first.');
  process.exitCode = 2;
}
